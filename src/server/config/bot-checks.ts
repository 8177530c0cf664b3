/** What a schema cannot say about bots: steps that are there and can be reached, one target per button, words that a text channel keeps for itself. */
import { reservedFor } from '../../bots/reserved-words.js';
import { foldReply } from '../../bots/fold-reply.js';
import { targetsOf, type GuideButton } from '../../bots/guide.js';
import { addressMistake, checkDuplicates, checkFallback, each, type Scene } from './check-scene.js';
import { didYouMean } from './mistakes.js';
import type { ConfigFile } from './schema.js';

type Bot = NonNullable<ConfigFile['bots']>[number];
type Step = NonNullable<Bot['guide']>['steps'][number];

const targetNames = 'go, url, call, form, checker, department and human';
/** A bot is no clinician, and is not called like one (California Business and Professions Code §4999.9). */
const clinician = /(^|[^\p{L}])(dr|doctor|doctora|physician|nurse|rn|md|enfermer[ao]|m[ée]dic[ao])([^\p{L}]|$)|دكتور|طبيب|ممرض/iu;

function checkLink({ report, sound }: Scene, url: string | undefined, pointer: string): void {
  if (typeof url !== 'string' || !sound(pointer) || /^\/(?!\/)|^mailto:./.test(url)) return;
  const mistake = addressMistake(url);
  if (mistake) report(pointer, 'url', `${mistake}, or be a path that begins with "/".`);
}

function checkLabels({ report }: Scene, step: Step, pointer: string): void {
  const seen = new Map<string, string>();
  for (const [button, at] of each(step.buttons, `${pointer}/buttons`)) {
    for (const [lang, label] of Object.entries(button.label ?? {})) {
      if (typeof label !== 'string') continue;
      const reserved = reservedFor(label);
      if (reserved) report(`${at}/label/${lang}`, 'reserved-word', `is a word that text messages keep for themselves ("${reserved}"); choose another.`);
      const key = `${lang} ${foldReply(label)}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, at);
      else report(`${at}/label/${lang}`, 'duplicate', `says the same as ${first}: who answers in words could mean either.`);
    }
  }
}

function checkButton(scene: Scene, button: GuideButton, at: string, steps: readonly string[]): void {
  const { report, sound } = scene;
  checkFallback(scene, button.label, `${at}/label`);
  const targets = targetsOf(button);
  if (sound(at) && targets.length !== 1) report(at, 'one-of', targets.length === 0 ? `leads nowhere: give it one of ${targetNames}.` : `leads to ${targets.join(' and ')}; give it exactly one of ${targetNames}.`);
  if (typeof button.go === 'string' && sound(`${at}/go`) && !steps.includes(button.go)) report(`${at}/go`, 'unknown-step', `there is no step "${button.go}".${didYouMean(button.go, steps)}`);
  checkLink(scene, button.url, `${at}/url`);
}

/** Steps that no button leads to. */
function checkReachable({ report }: Scene, { start, steps }: NonNullable<Bot['guide']>, pointer: string): void {
  const reached = new Set([start]);
  for (const id of reached) for (const { go } of each(steps, '').find(([step]) => step.id === id)?.[0].buttons ?? []) if (go !== undefined) reached.add(go);
  for (const [step, at] of each(steps, `${pointer}/steps`)) if (typeof step.id === 'string' && !reached.has(step.id)) report(at, 'unreachable', `no button leads to the step "${step.id}".`);
}

function checkGuide(scene: Scene, guide: NonNullable<Bot['guide']>, pointer: string): void {
  const { report, sound } = scene;
  const steps = each(guide.steps, `${pointer}/steps`);
  const ids = steps.map(([step]) => step.id).filter((id) => typeof id === 'string');
  checkDuplicates(scene, steps.map(([step, at]) => [step.id, `${at}/id`]), 'id');
  if (typeof guide.start === 'string' && sound(`${pointer}/start`) && !ids.includes(guide.start)) report(`${pointer}/start`, 'unknown-step', `there is no step "${guide.start}".${didYouMean(guide.start, ids)}`);
  checkFallback(scene, guide.notUnderstood?.text, `${pointer}/notUnderstood/text`);
  for (const [step, at] of steps) {
    checkFallback(scene, step.text, `${at}/text`);
    const buttons = each(step.buttons, `${at}/buttons`);
    checkDuplicates(scene, buttons.map(([button, place]) => [button.id, `${place}/id`]), 'id');
    checkLabels(scene, step, at);
    for (const [button, place] of buttons) checkButton(scene, button as GuideButton, place, ids);
  }
  if (sound(pointer) && ids.includes(guide.start)) checkReachable(scene, guide, pointer);
}

function checkBot(scene: Scene, bot: Bot, pointer: string): void {
  const { report, sound } = scene;
  checkFallback(scene, bot.name, `${pointer}/name`);
  for (const [lang, name] of Object.entries(bot.name ?? {})) {
    if (typeof name === 'string' && clinician.test(name)) report(`${pointer}/name/${lang}`, 'persona', 'sounds like a clinician; a bot must not be taken for one.');
  }
  if (sound(pointer) && (bot.guide === undefined) === (bot.webhook === undefined)) report(pointer, 'one-of', 'must have either "guide" or "webhook".');
  if (bot.guide) checkGuide(scene, bot.guide, `${pointer}/guide`);
  const at = `${pointer}/webhook/url`;
  const mistake = typeof bot.webhook?.url === 'string' && sound(at) ? addressMistake(bot.webhook.url) : null;
  if (mistake) report(at, 'url', `${mistake}.`);
}

/** A widget's bot is there, and leads to departments of that widget only. */
function checkWidgets({ file, report, sound }: Scene): void {
  const bots = each(file.bots, '/bots');
  const known = bots.map(([bot]) => bot.id);
  for (const [widget, pointer] of each(file.widgets, '/widgets')) {
    if (typeof widget.bot !== 'string' || !sound(`${pointer}/bot`)) continue;
    const [bot, at] = bots.find(([{ id }]) => id === widget.bot) ?? [];
    if (!bot) report(`${pointer}/bot`, 'unknown-bot', `there is no bot "${widget.bot}".${didYouMean(widget.bot, known)}`);
    const leads = ({ department }: { readonly department?: string }, from: string): void => {
      if (department !== undefined && !widget.departments.includes(department)) report(`${from}/department`, 'unknown-department', `the widget "${widget.id}", which has this bot, has no department "${department}".${didYouMean(department, widget.departments)}`);
    };
    for (const [step, place] of each(bot?.guide?.steps, `${at}/guide/steps`)) for (const [button, target] of each(step.buttons, `${place}/buttons`)) leads(button, target);
    leads(bot?.guide?.notUnderstood ?? {}, `${at}/guide/notUnderstood`);
  }
}

/** Every mistake about bots. */
export function checkBots(scene: Scene): void {
  const bots = each(scene.file.bots, '/bots');
  checkDuplicates(scene, bots.map(([bot, at]) => [bot.id, `${at}/id`]), 'id');
  for (const [bot, pointer] of bots) checkBot(scene, bot, pointer);
  checkWidgets(scene);
}
