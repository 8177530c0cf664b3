/** The chunk `locale-ar`: everything the patient's side says in Arabic. */
import { ar as form } from '../../i18n/form/ar.js';
import { panelAr as panel } from '../../i18n/panel/ar.js';
import { startAr as start } from '../../i18n/start/ar.js';

export const locale = { panel, start, form };
