/** Co-browse: who asks, who allows, who ends; and the relay, whose messages the server cannot read (README §14). */
import { Type } from 'typebox';
export declare const CobrowseState: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
export declare const CobrowseReason: Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">;
export declare const CobrowseBody: Type.TObject<{
    session: Type.TString;
    state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
    key: Type.TOptional<Type.TString>;
    minutes: Type.TOptional<Type.TInteger>;
    reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
    consent: Type.TOptional<Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>>;
    resumes: Type.TOptional<Type.TString>;
}>;
export declare const CobrowseSubmit: Type.TObject<{
    session: Type.TString;
    state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
    key: Type.TOptional<Type.TString>;
    minutes: Type.TOptional<Type.TInteger>;
    reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
    consent: Type.TOptional<Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>>;
    resumes: Type.TOptional<Type.TString>;
    kind: Type.TLiteral<"cobrowse">;
}>;
export declare const RelayRequest: Type.TObject<{
    session: Type.TString;
}>;
export declare const RelayGrant: Type.TObject<{
    token: Type.TString;
    expiresAt: Type.TInteger;
    url: Type.TString;
}>;
export declare const RelayHello: Type.TObject<{
    token: Type.TString;
}>;
export declare const RelayNotice: Type.TUnion<[Type.TObject<{
    t: Type.TLiteral<"peer">;
    on: Type.TBoolean;
}>, Type.TObject<{
    t: Type.TLiteral<"end">;
    reason: Type.TUnsafe<"draining" | "ended" | "rate" | "refused" | "replaced">;
}>]>;
