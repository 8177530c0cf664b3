/** Operations without a token: discovery, availability, sessions, sign-in. */
import type { Result } from '../../base/result.js';
import { protocolVersions } from '../../protocol/version.js';
import type { AgentSessionRequest, CheckerContent, Discovery, FormContent, RefreshRequest, SessionRequest, Widget } from '../../protocol/types.js';
import { findDepartment, findWidget, questionsOf, type Config, type WidgetConfig } from '../config/config.js';
import { originAllowed } from '../config/origins.js';
import { capsOf, wireLimits, type HubContext } from '../hub/context.js';
import { refuse } from '../hub/problems.js';
import { socketPath } from '../socket/socket-server.js';
import { answered, answerWith, type Ask, type Handler } from './ask.js';

const discoveryMaxAgeS = 10;

/** What the visitor side may know of a widget. */
function toWidget(config: Config, widget: WidgetConfig): Widget {
  const only = widget.departments.length === 1;
  const preChat = only ? questionsOf(config, widget, widget.departments[0]!) : widget.preChat;
  return {
    id: widget.id,
    clinicName: config.clinic.name,
    country: config.clinic.country,
    timeZone: config.clinic.timeZone,
    emergency: [...widget.emergency],
    ...(widget.privacyUrl === null ? {} : { privacyUrl: widget.privacyUrl }),
    languages: [...widget.languages],
    ...(widget.welcome === null ? {} : { welcome: widget.welcome }),
    consents: [...widget.consents],
    // Where a bot answers first, it asks whom the visitor wants.
    departments: (widget.bot === null ? widget.departments : []).flatMap((id) => {
      const department = findDepartment(config, id);
      // Where there is nothing to choose, the department's questions are the widget's.
      return department ? [{ id, name: department.name, ...(department.preChat === null || only ? {} : { preChat: { ...department.preChat } }) }] : [];
    }),
    ...(preChat === null ? {} : { preChat: { ...preChat } }),
    ...(widget.preChatSkippable ? { preChatSkippable: true } : {}),
    ...(widget.checkers.length === 0 ? {} : { checkers: widget.checkers.map(({ pack: { id, title } }) => ({ id, name: title })) }),
    ...(widget.redFlags === null ? {} : { redFlags: { ...widget.redFlags } }),
    ...(widget.forms.size === 0 ? {} : { forms: [...widget.forms.keys()] }),
    ...(widget.rating === null ? {} : { rating: widget.rating }),
    ...(widget.offline === null ? {} : { offline: { ...widget.offline } }),
  };
}

/** The widget that was asked for, where its origins allow it. Errors: `widget-unknown`, `origin-denied`. */
function widgetFor(config: Config, { parameters, origin }: Ask): Result<WidgetConfig> {
  const id = parameters['widget'];
  const widget = id === undefined ? config.widgets[0] : findWidget(config, id);
  if (!widget) return refuse('widget-unknown');
  return origin === null || originAllowed(widget.origins, origin) ? { ok: true, value: widget } : refuse('origin-denied');
}

/** The handlers of these operations. */
export function createPublicHandlers(hub: HubContext): { readonly [K in 'discover' | 'getAvailability' | 'getChecker' | 'getForm' | 'createSession' | 'refreshSession' | 'createAgentSession']: Handler } {
  const { config, identity } = hub;
  return {
    async discover(ask) {
      const widget = widgetFor(config, ask);
      if (!widget.ok) return widget;
      const body: Discovery = {
        protocol: 'care-chat',
        versions: [...protocolVersions],
        rest: `${ask.baseUrl}/v1`,
        ws: `${ask.baseUrl.replace(/^http/, 'ws')}${socketPath}`,
        caps: [...capsOf(widget.value)],
        limits: wireLimits(config),
        widget: toWidget(config, widget.value),
        availability: await hub.availability(widget.value),
      };
      return answered(200, body, { 'Cache-Control': `public, max-age=${discoveryMaxAgeS}` });
    },
    async getAvailability(ask) {
      const widget = widgetFor(config, ask);
      return widget.ok ? answered(200, await hub.availability(widget.value)) : widget;
    },
    async getChecker(ask) {
      const widget = widgetFor(config, ask);
      if (!widget.ok) return widget;
      const checker = widget.value.checkers.find(({ pack }) => pack.id === ask.parameters['id']);
      if (!checker) return refuse('not-found');
      const body: CheckerContent = { pack: { ...checker.json }, allowUnreviewed: checker.allowUnreviewed };
      return answered(200, body, { 'Cache-Control': `public, max-age=${discoveryMaxAgeS}` });
    },
    async getForm(ask) {
      const widget = widgetFor(config, ask);
      if (!widget.ok) return widget;
      const questionnaire = widget.value.forms.get(ask.parameters['id'] ?? '');
      return questionnaire ? answered(200, { questionnaire: { ...questionnaire } } satisfies FormContent, { 'Cache-Control': `public, max-age=${discoveryMaxAgeS}` }) : refuse('not-found');
    },
    async createSession({ body, origin }) {
      const { widgetId, deviceId } = body as SessionRequest;
      return answerWith(await identity.openVisitorSession({ widgetId, deviceId }, origin), 201);
    },
    async refreshSession({ body }) {
      const { refreshToken, deviceId } = body as RefreshRequest;
      return answerWith(await identity.refresh(refreshToken, deviceId), 200);
    },
    async createAgentSession({ body, origin }) {
      const { email, password, deviceId } = body as AgentSessionRequest;
      return answerWith(await identity.signInAgent(email, password, deviceId, origin), 201);
    },
  };
}
