/** The page of canaries, recorded by ours or by rrweb: through which channels something got out. For `npm run bench:leaks` and its test. */
import { record as startRrweb } from '@rrweb/record';
import { formsFound, makeSecret, randomFrom } from '../shared/canaries.js';
import { canaryPage, canarySteps } from './canary-page.js';
import { record, stopAll } from './cobrowse-lab.js';

type RrwebOptions = NonNullable<Parameters<typeof startRrweb>[0]>;

/** rrweb as its guide shows it; with what its guide says for privacy; and with every option of its that takes something away. */
const rrwebOptions = {
  'rrweb': {},
  'rrweb, all masked': { maskAllInputs: true, maskTextSelector: '*', slimDOMOptions: 'all' },
  'rrweb, every option': {
    maskAllInputs: true, maskTextSelector: '*', slimDOMOptions: 'all', maskInputFn: () => '****', maskTextFn: () => '****',
    blockSelector: 'img,picture,svg,math,canvas,video,audio,iframe,object,embed,[contenteditable],select,textarea,output,datalist', ignoreSelector: 'input,textarea,select',
    inlineStylesheet: false, inlineImages: false, collectFonts: false, recordCanvas: false, sampling: { mousemove: false, mouseInteraction: false, input: 'last', scroll: 500 },
  },
} satisfies Readonly<Record<string, RrwebOptions>>;

export const recorderNames = ['care-chat', ...Object.keys(rrwebOptions)] as readonly ('care-chat' | keyof typeof rrwebOptions)[];
export type RecorderName = (typeof recorderNames)[number];

export interface LeakResult {
  /** Each channel, and in which forms its secret was in what the recorder gave; none where it held. */
  readonly channels: readonly { readonly name: string; readonly forms: readonly string[] }[];
  readonly bytes: number;
}

const painted = (): Promise<void> => new Promise((resolve) => void requestAnimationFrame(() => setTimeout(resolve, 0)));

/** Sees the whole page, and gives all that was sent up to now. */
type Look = () => Promise<string>;

function startOurs(): Look {
  const recording = record();
  return async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += 1000) {
      window.scrollTo(0, top);
      await recording.full();
    }
    if (recording.faults.length > 0) throw new Error(`the recorder failed: ${String(recording.faults[0])}`);
    return recording.texts.join('\n');
  };
}

function startTheirs(options: RrwebOptions): Look {
  const events: string[] = [];
  startRrweb({ ...options, emit: (event) => void events.push(JSON.stringify(event)) });
  return async () => {
    // Its changes come with the next picture; and who joins, or missed something, gets a whole one.
    await painted();
    await painted();
    startRrweb.takeFullSnapshot();
    return events.join('\n');
  };
}

export const cobrowseLeaks = {
  recorderNames,
  async run(name: RecorderName, seed: number): Promise<LeakResult> {
    const random = randomFrom(seed);
    const page = canaryPage();
    const planted: (readonly [name: string, secret: string])[] = [];
    let look: Look | undefined;
    let sent = '';
    for (const channels of canarySteps) {
      for (const { name, plant } of channels) {
        const secret = makeSecret(random, 12);
        await plant(secret, page.place);
        planted.push([name, secret]);
      }
      // What is there at first is there before anything is recorded.
      look ??= name === 'care-chat' ? startOurs() : startTheirs(rrwebOptions[name]);
      sent = await look();
    }
    stopAll();
    // Every secret is of the same few letters: only a whole one says which it is.
    return { bytes: sent.length, channels: planted.map(([channel, secret]) => ({ name: channel, forms: formsFound(secret, sent, secret.length) })) };
  },
};

(globalThis as { cobrowseLeaks?: typeof cobrowseLeaks }).cobrowseLeaks = cobrowseLeaks;
