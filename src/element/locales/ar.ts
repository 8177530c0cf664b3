/** The chunk `locale-ar`: everything the patient's side says in Arabic. */
import { ar as form } from '../../i18n/form/ar.js';
import { panelAr as panel } from '../../i18n/panel/ar.js';

export const locale = { panel, form };
