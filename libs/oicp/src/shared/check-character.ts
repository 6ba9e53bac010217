const SYMBOLS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ISO_BODY = /^[A-Z]{2}[A-Z0-9]{12}$/;
const DIN_BODY = /^[A-Z]{2}[A-Z0-9]{9}$/;

type Pair = readonly [number, number];
type Matrix = readonly [Pair, Pair];

/** The two matrices of ISO 15118-1: one counts modulo 2, the other modulo 3. */
const BINARY: Matrix = [
  [0, 1],
  [1, 1],
];
const TERNARY: Matrix = [
  [0, 1],
  [1, 2],
];

/**
 * The check character of a contract id (ISO 15118-1, annex on identifiers; domain.md 8.3). Each
 * symbol counts twice: its quotient by 9 in two binary digits, its rest in two ternary digits, each
 * weighed with a power of a matrix that grows with the position. The check character brings both
 * sums to zero.
 *
 * @param body 14 upper-case characters: country 2, party 3, instance 9.
 * @returns undefined when `body` has another form.
 */
export function isoCheckCharacter(body: string): string | undefined {
  if (!ISO_BODY.test(body)) return undefined;
  return Array.from(SYMBOLS).find((candidate) => isBalanced(body + candidate));
}

function isBalanced(text: string): boolean {
  const values = Array.from(text, (symbol) => SYMBOLS.indexOf(symbol));
  const quotients = values.map((value) => digits(Math.floor(value / 9), 2));
  const rests = values.map((value) => digits(value % 9, 3));
  return isZero(weighed(quotients, BINARY, 2)) && isZero(weighed(rests, TERNARY, 3));
}

const digits = (value: number, base: number): Pair => [Math.floor(value / base), value % base];
const isZero = ([first, second]: Pair): boolean => first === 0 && second === 0;

/** Sum of `pair[i] * matrix^i`, i from 1, as row vectors. */
function weighed(pairs: readonly Pair[], matrix: Matrix, modulus: number): Pair {
  let power = matrix;
  let sum: Pair = [0, 0];
  for (const pair of pairs) {
    const [one, other] = times(pair, power, modulus);
    sum = [(sum[0] + one) % modulus, (sum[1] + other) % modulus];
    power = [times(power[0], matrix, modulus), times(power[1], matrix, modulus)];
  }
  return sum;
}

const times = ([one, other]: Pair, [top, bottom]: Matrix, modulus: number): Pair => [
  (one * top[0] + other * bottom[0]) % modulus,
  (one * top[1] + other * bottom[1]) % modulus,
];

/**
 * The check digit of a DIN 91286 contract id: a digit is one value, a letter two (its tens, then its
 * ones, counted from A = 10); value number k weighs 2^k, modulo 11, and 10 is written X.
 *
 * @param body 11 upper-case characters: country 2, provider 3, instance 6.
 */
export function dinCheckCharacter(body: string): string | undefined {
  if (!DIN_BODY.test(body)) return undefined;
  const values = Array.from(body).flatMap((symbol) => {
    const value = SYMBOLS.indexOf(symbol);
    return value < 10 ? [value] : [Math.floor(value / 10), value % 10];
  });
  const sum = values.reduce((total, value, place) => total + value * 2 ** place, 0) % 11;
  return sum === 10 ? 'X' : String(sum);
}
