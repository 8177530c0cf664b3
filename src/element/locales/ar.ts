/** The chunk `locale-ar`: everything the patient's side says in Arabic. */
import { checkerAr } from '../../i18n/checker/ar.js';
import { ar as form } from '../../i18n/form/ar.js';
import { laterAr as later } from '../../i18n/later/ar.js';
import { panelAr as panel } from '../../i18n/panel/ar.js';
import { startAr } from '../../i18n/start/ar.js';

export const locale = { panel, start: { ...startAr, ...checkerAr }, form, later };
