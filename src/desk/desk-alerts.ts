/**
 * What calls an agent's attention: sound, title badge, and one polite sentence per event. Never moves the focus, never writes a patient's
 * word anywhere but into the live region.
 */
import type { CareErrorCode } from '../base/care-error.js';
import type { DeskFact } from '../core/api.js';
import type { DeskSnapshot, TimelineItem } from '../core/snapshots.js';
import { createArrivals, type Announcer } from '../ui/announcer.js';
import { createFailures } from '../ui/failures.js';
import type { Chime } from './chime.js';
import type { DeskWiring } from './create-desk-wiring.js';
import type { Language } from './desk-language.js';
import type { DeskSettings } from './desk-settings.js';
import type { TitleBadge } from './title-badge.js';

export interface DeskAlertPorts {
  readonly wiring: DeskWiring;
  readonly announcer: Announcer;
  readonly chime: Chime;
  readonly badge: TitleBadge;
  readonly language: () => Language;
  readonly settings: () => DeskSettings;
  /** Whether the page lets its title be changed. */
  readonly mayBadge: () => boolean;
}

export interface DeskAlerts {
  onSnapshot(before: DeskSnapshot | null, next: DeskSnapshot): void;
  onFact(fact: Exclude<DeskFact, { readonly type: 'error' }>): void;
}

/** Creates the alerts. */
export function createDeskAlerts({ wiring, announcer, chime, badge, language, settings, mayBadge }: DeskAlertPorts): DeskAlerts {
  const { client, ports } = wiring;
  const arrivals = createArrivals<TimelineItem>();
  const speakOfFailures = createFailures({ t: () => language().ui, problem: (code) => language().words.error(code as CareErrorCode), announce: announcer.announce });
  /** The desk has just been opened: what waits already is seen, and need not be called out one by one. */
  let settling = false;

  const announceWaiting = (conversationId: string, isRaised: boolean): void => {
    const { words } = language();
    const { waiting, departments } = client.snapshot.value;
    const summary = waiting.find((other) => other.id === conversationId);
    const visitor = words.visitor(summary);
    const department = words.department(departments, summary?.departmentId);
    const { priority: level } = summary ?? {};
    const priority = level === undefined ? '' : words.t(`priority.${level}`);
    if (isRaised) return announcer.announce(words.t('announce.raised', { priority, visitor }));
    const text = department ? words.t('announce.waiting-in', { visitor, department }) : words.t('announce.waiting', { visitor });
    announcer.announce(level === undefined || level === 'normal' ? text : words.t('announce.priority', { priority, text }));
  };
  const isFleeting = (snapshot: DeskSnapshot | null): boolean => snapshot?.phase === 'ready' && !snapshot.durable;

  return {
    onSnapshot(before, next) {
      if (next.phase === 'ready' && before?.phase !== 'ready') {
        settling = true;
        queueMicrotask(() => (settling = false));
      }
      if (isFleeting(next) && !isFleeting(before)) announcer.announce(language().words.t('notice.notDurable'));
      const { active } = next;
      if (active) speakOfFailures(active.timeline);
      const { words, ui } = language();
      for (const item of arrivals.next(active?.id ?? null, active?.timeline.chunks ?? [])) {
        if (item.type !== 'message' || item.mine || item.tombstone) continue;
        const name = item.by.name ?? (item.by.role === 'visitor' ? words.visitor(active?.summary) : ui('roleAgent'));
        announcer.announce(words.t('announce.message', { name, text: item.text }));
      }
    },
    onFact(fact) {
      const { type, conversationId } = fact;
      if (settling) return;
      const visible = ports.page.visible();
      const inSight = visible && client.snapshot.value.active?.id === conversationId;
      if (settings().sound && !inSight) chime.play(type === 'waiting' ? 'waiting' : 'message', ports.clock.now());
      if (settings().badge && !visible && mayBadge()) badge.add(conversationId);
      if (fact.type === 'waiting') announceWaiting(conversationId, fact.isRaised === true);
    },
  };
}
