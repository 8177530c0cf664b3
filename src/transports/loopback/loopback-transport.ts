/** The adapter to a backend in the same page (`loopback-server.ts`). Everything passes the same parsers as if it came over a wire; answers come later, never at once. */
import { type Result, err, ok } from '../../base/result.js';
import { type FrameParser, parseServerFrame } from '../../protocol/parse-frame.js';
import { toCareError } from '../../protocol/parse-rest.js';
import type { Transport } from '../transport.js';
import type { LoopbackServer } from './loopback-model.js';

const copy = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));

/** Connects to a loopback server. `parse` as in the WebSocket adapter. */
export function createLoopbackTransport(server: LoopbackServer, parse: FrameParser = parseServerFrame): Transport {
  return {
    async discover(widgetId) {
      await Promise.resolve();
      if (widgetId !== null && widgetId !== server.widget.id) return err(toCareError(404, { status: 404, code: 'widget-unknown' }));
      return ok(copy<unknown>({
        protocol: 'care-chat', versions: ['1'], rest: 'http://localhost/v1', ws: 'ws://localhost/v1/ws', caps: [], limits: server.limits, widget: server.widget, availability: server.availability(),
      }));
    },
    async request({ method, path, token, body }): Promise<Result<{ status: number; body: unknown }>> {
      await Promise.resolve();
      const answer = copy(server.rest(method, path, token, copy(body)));
      await Promise.resolve();
      return answer.status < 300 ? ok(answer) : err(toCareError(answer.status, answer.body));
    },
    connect(handlers) {
      let state: 'opening' | 'open' | 'closing' | 'closed' = 'opening';
      const end = (code: number): void => {
        if (state === 'closed') return;
        state = 'closed';
        connection.detach();
        handlers.onclose({ code, reason: '' });
      };
      const connection = server.attach({
        send(frame) {
          const text = JSON.stringify(frame);
          queueMicrotask(() => {
            if (state !== 'open') return;
            const parsed = parse(text);
            if (parsed.ok) handlers.onframe(parsed.value);
            else handlers.onbadframe(parsed.error.t);
          });
        },
        close: (code) => queueMicrotask(() => end(code)),
      });
      queueMicrotask(() => {
        if (state !== 'opening') return;
        state = 'open';
        handlers.onopen();
      });
      return {
        send(frame) {
          if (state !== 'open') return false;
          const sent = copy(frame);
          queueMicrotask(() => state === 'open' && connection.receive(sent));
          return true;
        },
        close(code = 1000) {
          if (state !== 'closed') state = 'closing';
          queueMicrotask(() => end(code));
        },
      };
    },
  };
}
