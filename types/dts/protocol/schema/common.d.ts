/**
 * The one schema source of protocol version 1 (README §2). Only the server, the kit, tools and `import type` may import
 * `protocol/schema`; the browser parses by hand (`parse-frame.ts`).
 *
 * A schema with `$id` becomes a component; where it is nested, the generator writes a `$ref`. Incoming schemas are open:
 * unknown fields are ignored. Only the intersection of draft-07 and 2020-12 is used, so that OpenAPI and AsyncAPI share it.
 */
import { Type, type TSchema } from 'typebox';
/** One of several string constants, as an `enum`. */
export declare const oneOf: <const T extends string[]>(values: readonly [...T], description: string) => Type.TUnsafe<T[number]>;
/** Milliseconds since the epoch, UTC. */
export declare const at: (description: string) => Type.TInteger;
export declare const ms: (description: string) => Type.TInteger;
export declare const id: (description: string) => Type.TString;
export declare const text: (maxLength: number, description: string) => Type.TString;
export declare const list: <T extends TSchema>(items: T, maxItems: number, description: string) => Type.TArray<T>;
export declare const Stream: Type.TString;
export declare const Epoch: Type.TString;
export declare const Seq: Type.TInteger;
export declare const Cmid: Type.TString;
export declare const Lang: Type.TString;
/** Text in several languages: language tag → text. `en` is the fallback. */
export declare const LocalText: Type.TRecord<"^.*$", Type.TString>;
export declare const Role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
export declare const By: Type.TObject<{
    id: Type.TString;
    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
    name: Type.TOptional<Type.TString>;
    title: Type.TOptional<Type.TString>;
}>;
export declare const Problem: Type.TObject<{
    type: Type.TString;
    title: Type.TString;
    status: Type.TInteger;
    code: Type.TString;
    detail: Type.TOptional<Type.TString>;
    retryable: Type.TOptional<Type.TBoolean>;
    retryAfterMs: Type.TOptional<Type.TInteger>;
    errors: Type.TOptional<Type.TArray<Type.TObject<{
        pointer: Type.TString;
        code: Type.TString;
    }>>>;
    limit: Type.TOptional<Type.TInteger>;
}>;
export declare const Limits: Type.TObject<{
    frameBytes: Type.TInteger;
    textChars: Type.TInteger;
    partsPerMessage: Type.TInteger;
    inflightPerStream: Type.TInteger;
    submitPerMin: Type.TInteger;
    typingMinMs: Type.TInteger;
    resumeMax: Type.TInteger;
    pageMax: Type.TInteger;
}>;
