/** What a bot says beyond text, and what a visitor answers to it without typing (README §5.1). */
import { Type } from 'typebox';
export declare const ButtonDoes: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
export declare const Button: Type.TObject<{
    id: Type.TString;
    label: Type.TString;
    style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
    do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
    to: Type.TOptional<Type.TString>;
}>;
export declare const ButtonsPart: Type.TObject<{
    kind: Type.TLiteral<"buttons">;
    mode: Type.TUnsafe<"many" | "once">;
    buttons: Type.TArray<Type.TObject<{
        id: Type.TString;
        label: Type.TString;
        style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
        do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
        to: Type.TOptional<Type.TString>;
    }>>;
    fallback: Type.TString;
}>;
export declare const ActionBody: Type.TObject<{
    target: Type.TInteger;
    buttonId: Type.TString;
    label: Type.TString;
}>;
export declare const EscalatedBody: Type.TObject<{
    cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
    reason: Type.TOptional<Type.TString>;
    departmentId: Type.TOptional<Type.TString>;
}>;
export declare const ActionSubmit: Type.TObject<{
    kind: Type.TLiteral<"action">;
    target: Type.TInteger;
    buttonId: Type.TString;
}>;
export declare const EscalateSubmit: Type.TObject<{
    kind: Type.TLiteral<"escalate">;
    reason: Type.TOptional<Type.TString>;
    departmentId: Type.TOptional<Type.TString>;
}>;
