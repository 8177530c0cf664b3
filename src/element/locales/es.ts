/** The chunk `locale-es`: everything the patient's side says in Spanish. */
import { es as form } from '../../i18n/form/es.js';
import { panelEs as panel } from '../../i18n/panel/es.js';
import { startEs as start } from '../../i18n/start/es.js';

export const locale = { panel, start, form };
