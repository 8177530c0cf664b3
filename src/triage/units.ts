/** Units of measure (UCUM codes, unitsofmeasure.org) and how one becomes another, exactly as UCUM defines them: rules compare numbers, and 41 °C is no low fever in °F. */

/** Of each kind of quantity, what one of a unit is in that kind's first unit. A month is the twelfth part of a Julian year, as in UCUM. */
const factors: readonly Readonly<Record<string, number>>[] = [
  { g: 1, mg: 1e-3, kg: 1000, '[lb_av]': 453.59237, '[oz_av]': 28.349523125 },
  { m: 1, cm: 0.01, mm: 1e-3, '[in_i]': 0.0254, '[ft_i]': 0.3048 },
  { s: 1, min: 60, h: 3600, d: 86_400, wk: 604_800, mo: 2_629_800, a: 31_557_600 },
];

/** Below 15 digits the sums of binary fractions show: 40 °C would be a little more or less than 104 °F, and miss a rule's limit. */
const digits = 12;

/** An amount of one unit in another; null where nothing here knows how. */
export function convertUnit(value: number, from: string, to: string): number | null {
  if (from === to) return value;
  if (from === 'Cel' && to === '[degF]') return Number(((value * 9) / 5 + 32).toPrecision(digits));
  if (from === '[degF]' && to === 'Cel') return Number((((value - 32) * 5) / 9).toPrecision(digits));
  const kind = factors.find((one) => Object.hasOwn(one, from) && Object.hasOwn(one, to));
  return kind ? Number(((value * kind[from]!) / kind[to]!).toPrecision(digits)) : null;
}
