/**
 * The chunk `offline`: a message that is left while nobody is there. What was answered and typed before comes along; what is sent is kept until the
 * server has it; afterwards there is a reference, and nothing is asked of the server any more.
 */
import type { CareErrorCode } from '../../base/care-error.js';
import { ok } from '../../base/result.js';
import { refuse } from '../../base/refuse.js';
import type { FormView } from '../../form-view/view-core.js';
import type { ConsentRecord, FormAnsweredBody, Widget } from '../../protocol/types.js';
import { createFormDraft } from '../form-draft.js';
import type { OfflineHost, OfflinePart } from '../start-context.js';
import { carryAnswers } from './carry-answers.js';
import type { BoxState } from './message-box.js';
import { offlineView, type OfflineIntents } from './offline-views.js';

/** Creates the part; it stores nothing before the first answer. */
export function createOffline(stage: OfflineHost): OfflinePart {
  const { host: { widget: widgetId }, session: { client, ports, transport, fail }, words, requestUpdate, focusLater } = stage;
  const draft = createFormDraft(ports, widgetId, 'offline-draft');
  const widget = (): Widget | null => client.snapshot.value.widget;
  let form: FormView | null = null;
  let shown: unknown;
  let formError: string | null = null;
  let attached: readonly FormAnsweredBody[] = [];
  let unfinished: FormAnsweredBody | null = null;
  let seen: BoxState = 'empty';
  const box = stage.createMessageBox({
    ports, transport, widgetId, tab: createFormDraft(ports, widgetId, 'offline-left'), locale: () => words().tag,
    onChange() {
      requestUpdate();
      if (box.state === seen) return;
      seen = box.state;
      if (seen === 'sent') tidy();
      else if (seen === 'refused') void takeBack(box.error!);
    },
    async ready() {
      await client.load();
      const { phase, error } = client.snapshot.value;
      return phase === 'ready' ? ok(undefined) : refuse(error ?? 'network', { retryable: true });
    },
  });

  const load = async (): Promise<void> => {
    const questionnaire = widget()?.offline;
    if (!questionnaire || (form && shown === questionnaire)) return;
    const before = form;
    formError = null;
    requestUpdate();
    try {
      const [view, known] = await Promise.all([stage.makeView(questionnaire, 'offline', draft.write), draft.read()]);
      if (!view.ok) fail((formError = view.error.code));
      else {
        // Of another version by now, it takes up what fits all the same.
        const earlier = before?.toDraft() ?? known;
        if (earlier) view.value.restore({ ...earlier, form: view.value.session.form.name });
        [form, shown] = [view.value, questionnaire];
      }
    } catch {
      fail((formError = 'chunk-failed'));
    }
    requestUpdate();
  };
  /** It is with the server: what was written for it goes. */
  const tidy = (): void => {
    form = null;
    attached = [];
    unfinished = null;
    // Not cleared: the tab's id is also that of the receipt.
    draft.write(null);
    stage.left();
  };
  const takeBack = async (code: CareErrorCode): Promise<void> => {
    fail(code);
    await stage.refused(code);
    // After a change of page only the draft has the answers.
    if (code === 'form-version' || !form) await load();
    focusLater('.view-title');
  };
  const leave = async (answers: FormAnsweredBody): Promise<void> => {
    const consents: readonly ConsentRecord[] = await stage.consents();
    const pageName = stage.pageName();
    const extra = [...attached, ...(unfinished ? [unfinished] : [])];
    focusLater('.view-title');
    await box.send({
      departmentId: stage.departmentId(), locale: words().tag, form: answers, ...(pageName !== undefined && { page: { name: pageName } }),
      ...(extra.length > 0 && { attached: extra }), ...(consents.length > 0 && { consents: [...consents] }),
    });
  };
  const intents: OfflineIntents = {
    submit() {
      const answers = form?.submit();
      if (answers) void leave(answers);
    },
    retryForm: () => void load(),
    tryNow: box.tryNow,
    back: stage.back,
    done() {
      box.empty();
      stage.done();
    },
  };

  return {
    async resume() {
      await box.resume();
      return box.state !== 'empty';
    },
    async open({ before, text, with: more = [] }) {
      attached = more;
      await load();
      if (!form) return;
      unfinished = carryAnswers(before, text, form);
      if (before || text !== '') draft.write(form.toDraft());
      requestUpdate();
    },
    view: (context) => offlineView({ form, formError, box }, context, intents),
    setLang() {
      const { tag, formT } = words();
      form?.setLang(tag, formT);
    },
    dispose: box.dispose,
  };
}
