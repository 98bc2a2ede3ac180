/** From bits to a probability that holds what it says. */

/** Log odds in bits = slope x bits + offset. */
export interface Calibration {
  readonly method: 'shipped' | 'platt';
  readonly slope: number;
  readonly offset: number;
  /** Judgements that it rests on. */
  readonly judgements: number;
}

/** Evidence is never quite independent: bits overstate. Found on labelled data of several kinds, the same for all. */
export const shippedCalibration: Calibration = { method: 'shipped', slope: 0.62, offset: 0, judgements: 0 };

/** Fewer judgements than these tell less than what is shipped. */
export const enoughJudgements = 50;
const enoughOfEach = 5;
/** How strongly the shipped line holds, in judgements. */
const shippedWeight = 5;

export function probabilityOf({ slope, offset }: Calibration, bits: number): number {
  return probabilityFrom(slope * bits + offset);
}

/** Of log odds in bits. */
export function probabilityFrom(logOdds: number): number {
  return 1 / (1 + 2 ** -logOdds);
}

export function logOddsOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

/** Platt's line through what was judged, drawn towards the shipped one. */
export function calibrated(judged: readonly { readonly bits: number; readonly same: boolean }[]): Calibration {
  const right = judged.filter(({ same }) => same).length;
  if (judged.length < enoughJudgements || Math.min(right, judged.length - right) < enoughOfEach)
    return shippedCalibration;
  let { slope, offset } = shippedCalibration;
  for (let round = 0; round < 50; round++) {
    // Newton's step on the log likelihood, in natural logarithms.
    let [gradientSlope, gradientOffset] = [0, 0];
    let [curveSlope, curveBoth, curveOffset] = [0, 0, 0];
    for (const { bits, same } of judged) {
      const x = bits * Math.LN2;
      const p = probabilityFrom(slope * bits + offset);
      const weight = Math.max(1e-9, p * (1 - p));
      gradientSlope += ((same ? 1 : 0) - p) * x;
      gradientOffset += ((same ? 1 : 0) - p) * Math.LN2;
      curveSlope += weight * x * x;
      curveBoth += weight * x * Math.LN2;
      curveOffset += weight * Math.LN2 * Math.LN2;
    }
    gradientSlope -= shippedWeight * (slope - shippedCalibration.slope);
    gradientOffset -= 0.1 * (offset - shippedCalibration.offset);
    curveSlope += shippedWeight;
    curveOffset += 0.1;
    const determinant = curveSlope * curveOffset - curveBoth * curveBoth;
    if (determinant <= 1e-12) break;
    const stepSlope = (curveOffset * gradientSlope - curveBoth * gradientOffset) / determinant;
    const stepOffset = (curveSlope * gradientOffset - curveBoth * gradientSlope) / determinant;
    slope = Math.min(1.5, Math.max(0.1, slope + bounded(stepSlope, 0.2)));
    offset = Math.min(10, Math.max(-10, offset + bounded(stepOffset, 2)));
    if (Math.abs(stepSlope) + Math.abs(stepOffset) < 1e-9) break;
  }
  return { method: 'platt', slope, offset, judgements: judged.length };
}

function bounded(step: number, most: number): number {
  return Math.max(-most, Math.min(most, step));
}
