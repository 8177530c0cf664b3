/** The chunk `locale-es`: everything the patient's side says in Spanish. */
import { checkerEs } from '../../i18n/checker/es.js';
import { es as form } from '../../i18n/form/es.js';
import { laterEs as later } from '../../i18n/later/es.js';
import { panelEs as panel } from '../../i18n/panel/es.js';
import { startEs } from '../../i18n/start/es.js';

export const locale = { panel, start: { ...startEs, ...checkerEs }, form, later };
