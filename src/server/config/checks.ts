/** What a schema cannot say about a configuration: references, duplicates, time zones, origins, addresses, demo-only settings. */
import { canBeHeard } from '../../triage/red-flag-phrases.js';
import { checkBots } from './bot-checks.js';
import { addressMistake, checkDuplicates, checkFallback, each, type Scene } from './check-scene.js';
import type { ConfigMistake } from './mistakes.js';
import { didYouMean } from './mistakes.js';
import { networkMistake } from './networks.js';
import { originMistake } from './origins.js';
import type { ConfigFile } from './schema.js';

/** Whether `Intl` knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

function checkTimeZone({ sound, report }: Scene, value: string | undefined, pointer: string): void {
  if (typeof value === 'string' && sound(pointer) && !isTimeZone(value)) {
    report(pointer, 'time-zone', `is not a time zone; write it like "America/New_York".${didYouMean(value, Intl.supportedValuesOf('timeZone'))}`);
  }
}

function checkReferences({ file, sound, report }: Scene): void {
  const known = each(file.departments, '/departments').map(([department]) => department.id).filter((id) => typeof id === 'string');
  const look = (ids: readonly string[] | undefined, pointer: string): void => {
    if (!Array.isArray(ids)) return;
    ids.forEach((id: unknown, n) => {
      const at = `${pointer}/${n}`;
      if (typeof id === 'string' && sound(at) && !known.includes(id)) report(at, 'unknown-department', `there is no department "${id}".${didYouMean(id, known) || ` There are: ${known.join(', ') || 'none'}.`}`);
    });
  };
  for (const [widget, pointer] of each(file.widgets, '/widgets')) {
    look(widget.departments, `${pointer}/departments`);
    for (const [{ departmentId, priority, language }, at] of each(widget.routing, `${pointer}/routing`)) {
      if (sound(at) && departmentId === undefined && priority === undefined && language === undefined) report(at, 'required', 'leads nowhere: it needs "departmentId", "priority" or "language".');
      const own: readonly unknown[] = Array.isArray(widget.departments) ? widget.departments : [];
      if (typeof departmentId === 'string' && sound(at) && !own.includes(departmentId)) report(`${at}/departmentId`, 'unknown-department', `the widget has no department "${departmentId}".`);
    }
  }
  for (const [agent, pointer] of each(file.agents, '/agents')) look(agent.departments, `${pointer}/departments`);
}

function checkOrigins({ demo, sound, report }: Scene, origins: readonly string[] | undefined, pointer: string): void {
  if (!Array.isArray(origins)) return;
  origins.forEach((origin: unknown, n) => {
    const at = `${pointer}/${n}`;
    const mistake = typeof origin === 'string' && sound(at) ? originMistake(origin, demo) : null;
    if (mistake) report(at, 'origin', `${mistake}.`);
  });
}

function checkHours(scene: Scene): void {
  for (const [department, pointer] of each(scene.file.departments, '/departments')) {
    const hours = department.hours;
    if (typeof hours !== 'object' || hours === null) continue;
    checkTimeZone(scene, hours.timeZone, `${pointer}/hours/timeZone`);
    for (const [span, at] of each(hours.weekly, `${pointer}/hours/weekly`)) {
      if (scene.sound(`${at}/from`) && scene.sound(`${at}/to`) && span.from >= span.to) {
        scene.report(at, 'hours', `"from" (${span.from}) must be before "to" (${span.to}); for hours across midnight write two entries, until "24:00" and from "00:00".`);
      }
    }
  }
}

function checkProxies({ file, sound, report }: Scene): void {
  const networks: unknown = file.listen?.trustedProxies;
  if (!Array.isArray(networks)) return;
  networks.forEach((network: unknown, n) => {
    const at = `/listen/trustedProxies/${n}`;
    const mistake = typeof network === 'string' && sound(at) ? networkMistake(network) : null;
    if (mistake) report(at, 'network', `${mistake}.`);
  });
}

function checkAddresses({ file, sound, report }: Scene): void {
  if (typeof file.publicUrl === 'string' && sound('/publicUrl')) {
    const url = URL.canParse(file.publicUrl) ? new URL(file.publicUrl) : null;
    const mistake = addressMistake(file.publicUrl) ?? (url && (url.search || url.hash || url.username) ? 'must be an address without ? # or a user' : null);
    if (mistake) report('/publicUrl', 'url', `${mistake}.`);
  }
  for (const [widget, pointer] of each(file.widgets, '/widgets')) {
    const at = `${pointer}/privacyUrl`;
    if (typeof widget.privacyUrl !== 'string' || !sound(at)) continue;
    if (widget.privacyUrl.startsWith('/') && !widget.privacyUrl.startsWith('//')) continue;
    const mistake = addressMistake(widget.privacyUrl);
    if (mistake) report(at, 'url', `${mistake}.`);
  }
}

function checkAgents({ file, demo, report }: Scene): void {
  for (const [agent, pointer] of each(file.agents, '/agents')) {
    if (!demo && agent.password !== undefined) report(`${pointer}/password`, 'demo-only', 'passwords in the file are for demo mode only. Take it out, and run `care-chat agent reset`.');
  }
}

function checkWidgetTexts(scene: Scene): void {
  const { file } = scene;
  for (const [widget, pointer] of each(file.widgets, '/widgets')) {
    checkFallback(scene, widget.welcome, `${pointer}/welcome`);
    for (const [consent, at] of each(widget.consents, `${pointer}/consents`)) {
      checkFallback(scene, consent.text, `${at}/text`);
      if (consent.purpose === 'cobrowse' && scene.sound(at)) scene.report(`${at}/purpose`, 'not-before', 'is not asked before a chat: each session of co-browse asks for itself, when an agent wants to see the page.');
    }
  }
  for (const [department, pointer] of each(file.departments, '/departments')) checkFallback(scene, department.name, `${pointer}/name`);
}

function checkRedFlags({ file, report, sound }: Scene): void {
  for (const [{ redFlags }, widgetAt] of each(file.widgets, '/widgets')) {
    const at = `${widgetAt}/redFlags`;
    if (typeof redFlags !== 'object' || redFlags === null || !sound(at)) continue;
    for (const where of ['add', 'replace'] as const) for (const [lang, lists] of Object.entries(redFlags[where] ?? {})) for (const kind of ['emergency', 'crisis'] as const) {
      (lists[kind] ?? []).forEach((phrase, n) => {
        if (!canBeHeard(phrase)) report(`${at}/${where}/${lang}/${kind}/${n}`, 'not-heard', 'cannot be heard: it needs words, of a language that puts spaces between them.');
      });
    }
  }
}

/** The least life of an access token that the protocol allows. */
const accessTtlLeastMs = 300_000;

function checkSessions({ file, demo, report, sound }: Scene): void {
  const accessTtlMs = file.sessions?.accessTtlMs;
  if (demo || accessTtlMs === undefined || !sound('/sessions/accessTtlMs') || accessTtlMs >= accessTtlLeastMs) return;
  report('/sessions/accessTtlMs', 'demo-only', `an access token lives at least ${accessTtlLeastMs} ms; less is for demo mode only.`);
}

function checkFlow({ file, report, sound }: Scene): void {
  const { lightBytes = 262_144, pauseBytes = 1_048_576 } = file.limits ?? {};
  if (sound('/limits') && lightBytes > pauseBytes) report('/limits/lightBytes', 'out-of-range', 'must not be more than "pauseBytes".');
}

/** Every mistake of meaning in those parts of the file that have the right shape. */
export function checkMeaning(file: ConfigFile, shape: readonly ConfigMistake[], demo: boolean): ConfigMistake[] {
  const found: ConfigMistake[] = [];
  const scene: Scene = {
    file,
    demo,
    sound: (pointer) => !shape.some((mistake) => mistake.pointer === pointer || mistake.pointer.startsWith(`${pointer}/`)),
    report: (pointer, code, message) => found.push({ pointer, code, message }),
  };
  checkTimeZone(scene, file.clinic?.timeZone, '/clinic/timeZone');
  checkDuplicates(scene, each(file.departments, '/departments').map(([entry, at]) => [entry.id, `${at}/id`]), 'id');
  checkDuplicates(scene, each(file.widgets, '/widgets').map(([entry, at]) => [entry.id, `${at}/id`]), 'id');
  checkDuplicates(scene, each(file.agents, '/agents').map(([entry, at]) => [typeof entry.email === 'string' ? entry.email.toLowerCase() : null, `${at}/email`]), 'e-mail address');
  checkDuplicates(scene, each(file.canned, '/canned').map(([entry, at]) => [`${entry.shortcut} (${entry.lang})`, at]), 'shortcut and language');
  checkDuplicates(scene, each(file.static, '/static').map(([entry, at]) => [entry.path, `${at}/path`]), 'path');
  for (const [widget, pointer] of each(file.widgets, '/widgets')) {
    checkOrigins(scene, widget.origins, `${pointer}/origins`);
    checkDuplicates(scene, each(widget.consents, `${pointer}/consents`).map(([entry, at]) => [entry.purpose, `${at}/purpose`]), 'purpose');
  }
  checkRedFlags(scene);
  checkOrigins(scene, file.desk?.origins, '/desk/origins');
  checkReferences(scene);
  checkHours(scene);
  checkAddresses(scene);
  checkProxies(scene);
  checkAgents(scene);
  checkSessions(scene);
  checkFlow(scene);
  checkWidgetTexts(scene);
  checkBots(scene);
  return found;
}
