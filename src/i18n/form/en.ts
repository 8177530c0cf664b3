/** What a form says, in English. The keys of this catalogue are the type of every other. */
import type { Messages } from '../translate.js';

export const en = {
  required: 'required',
  yes: 'Yes',
  no: 'No',
  choose: 'Choose…',
  chooseAll: 'Choose all that apply.',
  clear: 'Clear answer',
  dateHint: 'Year-month-day, for example 1950-03-14.',
  monthHint: 'Year-month, for example 1950-03.',
  yearHint: 'Year, for example 1950.',
  format: 'Format: {format}',
  summary: { one: '{n} answer needs another look.', other: '{n} answers need another look.' },
  'error.required': 'Please answer this question.',
  'error.not-integer': 'Please write a whole number, for example 3.',
  'error.not-decimal': 'Please write a number, for example 37.5.',
  'error.not-date': 'Please give a full date that exists, for example 1950-03-14.',
  'error.too-short': { one: 'Please write at least {n} character.', other: 'Please write at least {n} characters.' },
  'error.too-long': { one: 'This is too long. Please use at most {n} character.', other: 'This is too long. Please use at most {n} characters.' },
  'error.too-small': 'Please write a number that is {min} or more.',
  'error.too-big': 'Please write a number that is {max} or less.',
  'error.date-too-early': 'Please give a date on or after {min}.',
  'error.date-too-late': 'Please give a date on or before {max}.',
  'error.too-many-decimals': { one: 'Please write at most {n} digit after the decimal point.', other: 'Please write at most {n} digits after the decimal point.' },
  'error.not-an-option': 'Please choose one of the answers offered.',
  'error.too-few': { one: 'Please choose at least {n} answer.', other: 'Please choose at least {n} answers.' },
  'error.too-many': { one: 'Please choose at most {n} answer.', other: 'Please choose at most {n} answers.' },
  'error.exclusive': 'One of your answers cannot go together with the others.',
  'error.wrong-type': 'This answer does not fit the question.',
} as const satisfies Messages;

export type FormMessages = typeof en;
export type FormMessageKey = keyof FormMessages;
