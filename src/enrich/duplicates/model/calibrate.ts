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
/** People err, and so does whoever reads what they said: a few slips must not bend the line. */
const slips = 0.05;
/** How far a table's line may well be from the shipped one: slope, and offset in bits. */
const spread = { slope: 0.12, offset: 1 } as const;
/** The lines that are weighed against each other, from the shipped one to either side. */
const steps = { slope: 0.04, offset: 0.25, each: 12 } as const;

/** Of log odds in bits. */
export function probabilityFrom(logOdds: number): number {
  return 1 / (1 + 2 ** -logOdds);
}

export function logOddsOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

export interface Judged {
  readonly bits: number;
  readonly same: boolean;
  /** By a gate or a veto, so that what was said tells nothing of what bits are worth. */
  readonly decided: boolean;
}

/**
 * Of all lines about the shipped one the mean, each counted by how well it foretells what was said: few judgements
 * leave the shipped line nearly where it is, and none moves it further than the others go along.
 */
export function calibrated(judged: readonly Judged[]): Calibration {
  if (judged.length < enoughJudgements) return shippedCalibration;
  const telling = judged.filter(({ decided }) => !decided);
  const lines: { slope: number; offset: number; likelihood: number }[] = [];
  for (let x = -steps.each; x <= steps.each; x++) {
    for (let y = -steps.each; y <= steps.each; y++) {
      const slope = shippedCalibration.slope + x * steps.slope;
      const offset = shippedCalibration.offset + y * steps.offset;
      let likelihood = -(((x * steps.slope) / spread.slope) ** 2 + ((y * steps.offset) / spread.offset) ** 2) / 2;
      for (const { bits, same } of telling) {
        const said = slips + (1 - 2 * slips) * probabilityFrom(slope * bits + offset);
        likelihood += Math.log(same ? said : 1 - said);
      }
      lines.push({ slope, offset, likelihood });
    }
  }
  const best = lines.reduce((most, { likelihood }) => Math.max(most, likelihood), -Infinity);
  let [slope, offset, sum] = [0, 0, 0];
  for (const line of lines) {
    const weight = Math.exp(line.likelihood - best);
    slope += weight * line.slope;
    offset += weight * line.offset;
    sum += weight;
  }
  return { method: 'platt', slope: slope / sum, offset: offset / sum, judgements: judged.length };
}
