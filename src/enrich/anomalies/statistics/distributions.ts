/**
 * The few distributions that the checks' p-values come from. Tails are computed as tails, never as one minus the rest, so
 * that 1e-12 stays 1e-12. Sources: Lanczos' gamma function with Godfrey's coefficients (g = 7, n = 9); the incomplete
 * gamma function by its series and its continued fraction with Lentz's method (Abramowitz & Stegun 6.5.29, 6.5.31);
 * Kolmogorov's series with Stephens' correction for finite samples (1970).
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const SMALLEST = 1e-300;
const PRECISE = 1e-15;
const MOST_TERMS = 10_000;

/** ln Γ(x), for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  let sum = LANCZOS[0] ?? 1;
  for (let term = 1; term < LANCZOS.length; term++) sum += (LANCZOS[term] ?? 0) / (z + term);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The regularised lower incomplete gamma function P(a, x), for a > 0 and x >= 0. */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** Its complement Q(a, x) = 1 - P(a, x), exact in the far tail too. */
export function gammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * PRECISE) break;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / SMALLEST;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / away(numerator * d + b);
    c = away(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISE) break;
  }
  return fraction * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** From zero, by which Lentz's method would divide. */
const away = (value: number) => (Math.abs(value) < SMALLEST ? SMALLEST : value);

/** P(|Z| > |z|) of the standard normal. */
export const normalTwoSided = (z: number): number => gammaUpper(0.5, (z * z) / 2);

/** P(X > x) of chi-square. */
export const chiSquareUpper = (x: number, degrees: number): number => gammaUpper(degrees / 2, x / 2);

/** P(X >= count) of Poisson, for a whole count. */
export const poissonUpper = (count: number, mean: number): number => (count <= 0 ? 1 : gammaLower(count, mean));

/** P(X <= count) of Poisson. */
export const poissonLower = (count: number, mean: number): number => (count < 0 ? 0 : gammaUpper(count + 1, mean));

/** P(D > d) of the two-sample Kolmogorov-Smirnov distance, by the asymptotic series. */
export function kolmogorovUpper(distance: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * lambda * lambda);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-18) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
