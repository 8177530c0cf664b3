/** The Bot API: what the server posts to an external bot, and what that answers (src/bots/README.md). Not part of the wire to visitors. */
import { Type } from 'typebox';
export declare const BotStartInput: Type.TObject<{
    kind: Type.TLiteral<"start">;
    text: Type.TOptional<Type.TString>;
}>;
export declare const BotMessageInput: Type.TObject<{
    kind: Type.TLiteral<"message">;
    text: Type.TString;
}>;
export declare const BotActionInput: Type.TObject<{
    kind: Type.TLiteral<"action">;
    buttonId: Type.TString;
    label: Type.TString;
    text: Type.TOptional<Type.TString>;
}>;
export declare const BotFormInput: Type.TObject<{
    kind: Type.TLiteral<"form">;
    buttonId: Type.TString;
    form: Type.TString;
}>;
export declare const BotRequest: Type.TObject<{
    v: Type.TLiteral<1>;
    turnId: Type.TString;
    botId: Type.TString;
    widgetId: Type.TString;
    conversationId: Type.TString;
    locale: Type.TString;
    at: Type.TInteger;
    input: Type.TUnion<[Type.TObject<{
        kind: Type.TLiteral<"start">;
        text: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"message">;
        text: Type.TString;
    }>, Type.TObject<{
        kind: Type.TLiteral<"action">;
        buttonId: Type.TString;
        label: Type.TString;
        text: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"form">;
        buttonId: Type.TString;
        form: Type.TString;
    }>]>;
}>;
export declare const BotTurn: Type.TObject<{
    text: Type.TOptional<Type.TString>;
    mode: Type.TOptional<Type.TUnsafe<"many" | "once">>;
    buttons: Type.TOptional<Type.TArray<Type.TObject<{
        id: Type.TString;
        label: Type.TString;
        style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
        do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
        to: Type.TOptional<Type.TString>;
    }>>>;
    link: Type.TOptional<Type.TObject<{
        label: Type.TString;
        url: Type.TString;
    }>>;
}>;
export declare const BotAnswer: Type.TObject<{
    turns: Type.TArray<Type.TObject<{
        text: Type.TOptional<Type.TString>;
        mode: Type.TOptional<Type.TUnsafe<"many" | "once">>;
        buttons: Type.TOptional<Type.TArray<Type.TObject<{
            id: Type.TString;
            label: Type.TString;
            style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
            do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
            to: Type.TOptional<Type.TString>;
        }>>>;
        link: Type.TOptional<Type.TObject<{
            label: Type.TString;
            url: Type.TString;
        }>>;
    }>>;
    handoff: Type.TOptional<Type.TObject<{
        reason: Type.TOptional<Type.TString>;
        departmentId: Type.TOptional<Type.TString>;
    }>>;
}>;
