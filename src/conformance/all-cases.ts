/** Every case of the kit, in the order of the specification's sections. */
import type { Case } from './case.js';
import { adapterCases } from './cases/adapter-cases.js';
import { authCases } from './cases/auth-cases.js';
import { botCases } from './cases/bot-cases.js';
import { deskCases } from './cases/desk-cases.js';
import { formCases } from './cases/form-cases.js';
import { framingCases } from './cases/framing-cases.js';
import { laterCases } from './cases/later-cases.js';
import { lineCases } from './cases/line-cases.js';
import { offlineCases } from './cases/offline-cases.js';
import { relayCases } from './cases/relay-cases.js';
import { restCases } from './cases/rest-cases.js';
import { sendingCases } from './cases/sending-cases.js';
import { shapeCases } from './cases/shape-cases.js';
import { signalCases } from './cases/signal-cases.js';
import { socketCases } from './cases/socket-cases.js';
import { staffCases } from './cases/staff-cases.js';
import { waysCases } from './cases/ways-cases.js';

/** The cases. */
export const allCases: readonly Case[] = [
  ...shapeCases, ...restCases, ...sendingCases, ...socketCases, ...signalCases, ...waysCases, ...offlineCases, ...staffCases, ...authCases, ...deskCases, ...botCases, ...formCases, ...relayCases, ...lineCases, ...framingCases, ...adapterCases, ...laterCases,
];
