/** Two ends of a relay joined in memory: what one sends the other hears at once, as far as it is open. For tests of the two sessions without a server. */
import type { LinkEvents, RelayLink } from '../../../src/cobrowse/session/relay.js';

export interface LoopbackEnd {
  open(events: LinkEvents): RelayLink;
}

export interface Loopback {
  readonly patient: LoopbackEnd;
  readonly nurse: LoopbackEnd;
  /** Everything that was sent by a side, in order. */
  readonly sent: (readonly [from: 'patient' | 'nurse', kind: 'frame' | 'control', text: string])[];
  /** The next so many frames are lost on the way, and the other side hears of a gap. */
  lose(count: number): void;
  /** The next so many are not taken: over budget. */
  refuse(count: number): void;
  /** The relay ends it for both. */
  end(reason: Parameters<LinkEvents['ended']>[0]): void;
  readonly isOpen: (side: 'patient' | 'nurse') => boolean;
}

export function createLoopback(code = '123 456'): Loopback {
  const ends: Partial<Record<'patient' | 'nurse', LinkEvents>> = {};
  const sent: (readonly ['patient' | 'nurse', 'frame' | 'control', string])[] = [];
  let [toLose, toRefuse] = [0, 0];
  const endOf = (side: 'patient' | 'nurse'): LoopbackEnd => {
    const other = side === 'patient' ? 'nurse' : 'patient';
    return {
      open(events) {
        ends[side] = events;
        // Never within the call that opens it.
        queueMicrotask(() => {
          if (ends[side] !== events || !ends[other]) return;
          ends[other]!.peer(true);
          ends[other]!.ready(code);
          events.ready(code);
        });
        return {
          send(kind, bytes) {
            if (ends[side] !== events || !ends[other]) return false;
            if (toRefuse > 0 && kind === 'frame') {
              toRefuse--;
              return false;
            }
            sent.push([side, kind, new TextDecoder().decode(bytes)]);
            if (toLose > 0 && kind === 'frame') {
              toLose--;
              ends[other]!.gap();
            } else ends[other]![kind](bytes);
            return true;
          },
          close() {
            if (ends[side] !== events) return;
            delete ends[side];
            ends[other]?.peer(false);
          },
        };
      },
    };
  };
  return {
    patient: endOf('patient'), nurse: endOf('nurse'), sent,
    lose: (count) => void (toLose = count),
    refuse: (count) => void (toRefuse = count),
    end(reason) {
      const both = [ends.patient, ends.nurse];
      delete ends.patient;
      delete ends.nurse;
      for (const events of both) events?.ended(reason);
    },
    isOpen: (side) => ends[side] !== undefined,
  };
}
