/** What a form says, in Spanish. */
import type { Translation } from '../translate.js';
import type { FormMessages } from './en.js';

export const es: Translation<FormMessages> = {
  required: 'obligatorio',
  yes: 'Sí',
  no: 'No',
  choose: 'Elija…',
  chooseAll: 'Elija todas las que correspondan.',
  clear: 'Borrar respuesta',
  dateHint: 'Año-mes-día, por ejemplo 1950-03-14.',
  monthHint: 'Año-mes, por ejemplo 1950-03.',
  yearHint: 'Año, por ejemplo 1950.',
  format: 'Formato: {format}',
  summary: { one: 'Revise {n} respuesta.', other: 'Revise {n} respuestas.' },
  'error.required': 'Responda esta pregunta, por favor.',
  'error.not-integer': 'Escriba un número entero, por ejemplo 3.',
  'error.not-decimal': 'Escriba un número, por ejemplo 37,5.',
  'error.not-date': 'Escriba una fecha completa que exista, por ejemplo 1950-03-14.',
  'error.too-short': { one: 'Escriba al menos {n} carácter.', other: 'Escriba al menos {n} caracteres.' },
  'error.too-long': { one: 'Es demasiado largo. Use como máximo {n} carácter.', other: 'Es demasiado largo. Use como máximo {n} caracteres.' },
  'error.too-small': 'Escriba un número igual o mayor que {min}.',
  'error.too-big': 'Escriba un número igual o menor que {max}.',
  'error.date-too-early': 'Elija una fecha a partir del {min}.',
  'error.date-too-late': 'Elija una fecha no posterior al {max}.',
  'error.too-many-decimals': { one: 'Escriba como máximo {n} cifra decimal.', other: 'Escriba como máximo {n} cifras decimales.' },
  'error.not-an-option': 'Elija una de las respuestas que se ofrecen.',
  'error.too-few': { one: 'Elija al menos {n} respuesta.', other: 'Elija al menos {n} respuestas.' },
  'error.too-many': { one: 'Elija como máximo {n} respuesta.', other: 'Elija como máximo {n} respuestas.' },
  'error.exclusive': 'Una de sus respuestas no puede combinarse con las demás.',
  'error.wrong-type': 'Esta respuesta no corresponde a la pregunta.',
};
