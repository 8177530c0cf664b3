/**
 * The general or medical emergency number of a country, shown before the clinic's own line is known. A country that is not listed gets
 * no number but a sentence: a wrong one would cost time. Sources: ITU-T E.161.1 and the countries' own emergency services.
 */

const countries: Readonly<Record<string, string>> = {
  911: 'US CA MX',
  112: 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS CH IN',
  999: 'GB HK MY',
  '000': 'AU',
  111: 'NZ',
  119: 'JP KR',
  192: 'BR',
  997: 'SA',
  998: 'AE',
};

/** Crisis line (suicide, mental health) of a country: call or text. Source: 988 Lifeline (United States), 9-8-8 (Canada). */
export const crisisNumber = (country: string): string | undefined => (/us|ca/i.test(country) ? '988' : undefined);

/** Number to dial in an ISO 3166-1 alpha-2 country; undefined where it is not known. */
export const emergencyNumber = (country: string): string | undefined =>
  Object.keys(countries).find((number) => country && countries[number]!.includes(country.toUpperCase()));
