/**
 * What the nurse points at, drawn over the patient's page in an element of our own: it takes no click, screen readers do not come by it, and nothing of the page is
 * touched. Things are tied to boxes, so that they stay where they belong when the page scrolls.
 */
import type { Clock } from '../../platform/ports.js';
import type { NurseMessage } from './act-codec.js';
import type { BoxMap, Place } from './box-map.js';

export interface Overlay {
  act(message: NurseMessage): void;
  /** Hatches everything that the nurse does not get as text. */
  showHidden(isOn: boolean): void;
  /** A frame was taken into the map. */
  update(): void;
  clear(): void;
  stop(): void;
}

/** A line goes after this time. */
const strokeMs = 4000;
const pointMs = 6000;
const mostMarks = 9;
const mostStrokes = 20;
const ns = 'http://www.w3.org/2000/svg';
const hidden: ReadonlySet<string> = new Set(['masked', 'field', 'toggle', 'opaque']);

interface Thing {
  readonly element: HTMLElement | SVGElement;
  readonly box: number;
  readonly place: (box: Place) => Place;
  cancel?: () => void;
}

const px = (value: number): string => `${Math.round(value)}px`;

export type Project = (place: NonNullable<ReturnType<BoxMap['placeOf']>>) => Place;

/** Where something of the page is in the window now. */
export const toWindow: Project = (place) => {
  const { offsetLeft, offsetTop, pageLeft, pageTop } = visualViewport!;
  const [x, y] = place.isFixed ? [offsetLeft, offsetTop] : [offsetLeft - pageLeft, offsetTop - pageTop];
  return { ...place, left: place.left + x, top: place.top + y };
};

/** `project`: where a place of the page is in the layer. `name`: whose pointer it is. */
export function createOverlay(layer: HTMLElement, boxes: BoxMap, clock: Clock, name: string, project: Project): Overlay {
  let point: Thing | null = null;
  let marks: Thing[] = [];
  let strokes: Thing[] = [];
  let hatches: HTMLElement[] = [];
  let isHiddenShown = false;
  let isScheduled = false;
  const life = new AbortController();
  layer.ariaHidden = 'true';

  /** Where a box is in the window now. */
  const shown = (id: number): Place | null => {
    const place = boxes.placeOf(id);
    return place && project(place);
  };
  const put = (element: HTMLElement | SVGElement, place: Place | null): void => {
    element.toggleAttribute('hidden', !place);
    if (!place) return;
    for (const [property, value] of [['left', place.left], ['top', place.top], ['width', place.width], ['height', place.height]] as const) element.style.setProperty(property, px(value));
  };
  const all = (): readonly Thing[] => [...(point ? [point] : []), ...marks, ...strokes];
  const draw = (): void => {
    isScheduled = false;
    if (life.signal.aborted) return;
    for (const thing of all()) {
      const place = shown(thing.box);
      put(thing.element, place && thing.place(place));
    }
    const ids = isHiddenShown ? [...boxes.ids()].filter((id) => hidden.has(boxes.kindOf(id)!)) : [];
    while (hatches.length > ids.length) hatches.pop()!.remove();
    while (hatches.length < ids.length) {
      const hatch = document.createElement('div');
      hatch.className = 'cobrowse-hidden';
      layer.prepend(hatch);
      hatches.push(hatch);
    }
    for (const [n, id] of ids.entries()) put(hatches[n]!, shown(id));
  };
  const schedule = (): void => {
    if (isScheduled || (all().length === 0 && !isHiddenShown && hatches.length === 0)) return;
    isScheduled = true;
    requestAnimationFrame(draw);
  };
  const remove = (thing: Thing): void => {
    thing.cancel?.();
    thing.element.remove();
    if (point === thing) point = null;
    marks = marks.filter((one) => one !== thing);
    strokes = strokes.filter((one) => one !== thing);
  };
  const clear = (): void => {
    for (const thing of all()) remove(thing);
  };
  const make = (className: string, text = ''): HTMLElement => {
    const element = document.createElement('div');
    element.className = className;
    element.hidden = true;
    const label = document.createElement('span');
    label.textContent = text;
    if (text) element.append(label);
    layer.append(element);
    return element;
  };

  const stroke = (box: number, points: readonly number[]): void => {
    const svg = document.createElementNS(ns, 'svg');
    const line = document.createElementNS(ns, 'polyline');
    svg.setAttribute('class', 'cobrowse-stroke');
    svg.setAttribute('viewBox', '0 0 1000 1000');
    svg.setAttribute('preserveAspectRatio', 'none');
    line.setAttribute('points', points.join(' '));
    line.setAttribute('vector-effect', 'non-scaling-stroke');
    svg.append(line);
    layer.append(svg);
    const thing: Thing = { element: svg, box, place: (place) => place };
    thing.cancel = clock.setTimer(() => remove(thing), strokeMs);
    strokes.push(thing);
    if (strokes.length > mostStrokes) remove(strokes[0]!);
  };

  for (const [target, type] of [[window, 'scroll'], [window, 'resize'], [visualViewport!, 'scroll'], [visualViewport!, 'resize']] as const) {
    target.addEventListener(type, schedule, { capture: true, passive: true, signal: life.signal });
  }

  return {
    act(message) {
      if (message.t === 'clear') clear();
      else if (message.t === 'point') {
        if (point) remove(point);
        const { x, y } = message;
        const thing: Thing = { element: make('cobrowse-point', name), box: message.box, place: ({ left, top, width, height }) => ({ left: left + (width * x) / 1000, top: top + (height * y) / 1000, width: 0, height: 0 }) };
        thing.cancel = clock.setTimer(() => remove(thing), pointMs);
        point = thing;
      } else if (message.t === 'highlight') {
        const same = marks.find(({ box }) => box === message.box);
        if (same) remove(same);
        if (marks.length >= mostMarks) remove(marks[0]!);
        marks.push({ element: make('cobrowse-mark', message.number ? `${message.number}` : ''), box: message.box, place: ({ left, top, width, height }) => ({ left: left - 4, top: top - 4, width: width + 8, height: height + 8 }) });
      } else if (message.t === 'stroke') stroke(message.box, message.points);
      schedule();
    },
    showHidden(isOn) {
      isHiddenShown = isOn;
      schedule();
    },
    update: schedule,
    clear,
    stop() {
      life.abort();
      clear();
      for (const hatch of hatches) hatch.remove();
      hatches = [];
    },
  };
}
