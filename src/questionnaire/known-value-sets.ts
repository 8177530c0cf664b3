/** The two value sets of FHIR itself that forms everywhere refer to by address (hl7.org/fhir/R4/valueset-yesnodontknow.html, …-administrative-gender.html; CC0). */
import type { Json } from './fhir-json.js';

const valueSet = (name: string, ...include: readonly Json[]): Json => ({ resourceType: 'ValueSet', url: `http://hl7.org/fhir/ValueSet/${name}`, compose: { include } });
const list = (system: string, codes: Readonly<Record<string, string>>): Json => ({ system, concept: Object.entries(codes).map(([code, display]) => ({ code, display })) });

export const knownValueSets: readonly Json[] = [
  valueSet('yesnodontknow', list('http://terminology.hl7.org/CodeSystem/v2-0136', { Y: 'Yes', N: 'No' }), list('http://terminology.hl7.org/CodeSystem/data-absent-reason', { 'asked-unknown': "Don't know" })),
  valueSet('administrative-gender', list('http://hl7.org/fhir/administrative-gender', { male: 'Male', female: 'Female', other: 'Other', unknown: 'Unknown' })),
];
