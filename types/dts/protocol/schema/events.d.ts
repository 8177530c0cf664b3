/** Durable facts: events, their kinds and the parts of a message (README §4, §5). */
import { Type } from 'typebox';
export declare const TextPart: Type.TObject<{
    kind: Type.TLiteral<"text">;
    text: Type.TString;
}>;
export declare const OtherPart: Type.TObject<{
    kind: Type.TString;
    fallback: Type.TString;
}>;
export declare const Part: Type.TUnion<[Type.TObject<{
    kind: Type.TLiteral<"text">;
    text: Type.TString;
}>, Type.TObject<{
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
}>, Type.TObject<{
    kind: Type.TString;
    fallback: Type.TString;
}>]>;
export declare const ConversationStatus: Type.TUnsafe<"closed" | "open" | "waiting">;
export declare const FormAnswer: Type.TObject<{
    linkId: Type.TString;
    question: Type.TString;
    answers: Type.TArray<Type.TString>;
    at: Type.TOptional<Type.TInteger>;
    changed: Type.TOptional<Type.TBoolean>;
    skipped: Type.TOptional<Type.TBoolean>;
    source: Type.TOptional<Type.TUnsafe<"page">>;
}>;
export declare const Priority: Type.TUnsafe<"high" | "low" | "normal" | "urgent">;
export declare const CheckVerdict: Type.TObject<{
    result: Type.TUnsafe<"differs" | "same" | "unchecked">;
    level: Type.TOptional<Type.TString>;
    title: Type.TOptional<Type.TString>;
    rule: Type.TOptional<Type.TString>;
}>;
export declare const CheckOutcome: Type.TObject<{
    checker: Type.TString;
    version: Type.TString;
    status: Type.TUnsafe<"approved" | "draft">;
    level: Type.TString;
    title: Type.TString;
    rule: Type.TString;
    startedAt: Type.TInteger;
    endedAt: Type.TInteger;
    verdict: Type.TOptional<Type.TObject<{
        result: Type.TUnsafe<"differs" | "same" | "unchecked">;
        level: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
        rule: Type.TOptional<Type.TString>;
    }>>;
}>;
export declare const MessageBody: Type.TObject<{
    parts: Type.TArray<Type.TUnion<[Type.TObject<{
        kind: Type.TLiteral<"text">;
        text: Type.TString;
    }>, Type.TObject<{
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
    }>, Type.TObject<{
        kind: Type.TString;
        fallback: Type.TString;
    }>]>>;
    lang: Type.TOptional<Type.TString>;
}>;
export declare const TombstoneBody: Type.TObject<{
    tombstone: Type.TLiteral<true>;
    retractedBySeq: Type.TOptional<Type.TInteger>;
}>;
export declare const StatusBody: Type.TObject<{
    status: Type.TUnsafe<"closed" | "open" | "waiting">;
    reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
}>;
export declare const AssignmentBody: Type.TObject<{
    state: Type.TUnsafe<"assigned" | "queued">;
    agent: Type.TOptional<Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>>;
    departmentId: Type.TOptional<Type.TString>;
    reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
}>;
export declare const ParticipantBody: Type.TObject<{
    who: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
}>;
export declare const FormAsked: Type.TObject<{
    target: Type.TInteger;
    buttonId: Type.TString;
}>;
export declare const FormAnsweredBody: Type.TObject<{
    form: Type.TObject<{
        questionnaire: Type.TString;
        title: Type.TOptional<Type.TString>;
    }>;
    purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
    asked: Type.TOptional<Type.TObject<{
        target: Type.TInteger;
        buttonId: Type.TString;
    }>>;
    answers: Type.TArray<Type.TObject<{
        linkId: Type.TString;
        question: Type.TString;
        answers: Type.TArray<Type.TString>;
        at: Type.TOptional<Type.TInteger>;
        changed: Type.TOptional<Type.TBoolean>;
        skipped: Type.TOptional<Type.TBoolean>;
        source: Type.TOptional<Type.TUnsafe<"page">>;
    }>>;
    response: Type.TUnsafe<Record<string, unknown>>;
    outcome: Type.TOptional<Type.TObject<{
        checker: Type.TString;
        version: Type.TString;
        status: Type.TUnsafe<"approved" | "draft">;
        level: Type.TString;
        title: Type.TString;
        rule: Type.TString;
        startedAt: Type.TInteger;
        endedAt: Type.TInteger;
        verdict: Type.TOptional<Type.TObject<{
            result: Type.TUnsafe<"differs" | "same" | "unchecked">;
            level: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
            rule: Type.TOptional<Type.TString>;
        }>>;
    }>>;
}>;
export declare const NoteBody: Type.TObject<{
    text: Type.TString;
}>;
export declare const ConversationCreatedBody: Type.TObject<{
    conversationId: Type.TString;
}>;
export declare const ConversationUpdatedBody: Type.TObject<{
    conversationId: Type.TString;
    status: Type.TUnsafe<"closed" | "open" | "waiting">;
}>;
/** kind → body. The table from which the event union, the documents and the server's checks are made. */
export declare const eventBodies: {
    readonly message: Type.TUnion<[Type.TObject<{
        parts: Type.TArray<Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"text">;
            text: Type.TString;
        }>, Type.TObject<{
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
        }>, Type.TObject<{
            kind: Type.TString;
            fallback: Type.TString;
        }>]>>;
        lang: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        tombstone: Type.TLiteral<true>;
        retractedBySeq: Type.TOptional<Type.TInteger>;
    }>]>;
    readonly status: Type.TObject<{
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
    }>;
    readonly assignment: Type.TObject<{
        state: Type.TUnsafe<"assigned" | "queued">;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        departmentId: Type.TOptional<Type.TString>;
        reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
    }>;
    readonly 'participant.joined': Type.TObject<{
        who: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
    }>;
    readonly 'participant.left': Type.TObject<{
        who: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
    }>;
    readonly consent: Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>;
    readonly 'form.answered': Type.TObject<{
        form: Type.TObject<{
            questionnaire: Type.TString;
            title: Type.TOptional<Type.TString>;
        }>;
        purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
        asked: Type.TOptional<Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
        }>>;
        answers: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        response: Type.TUnsafe<Record<string, unknown>>;
        outcome: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            version: Type.TString;
            status: Type.TUnsafe<"approved" | "draft">;
            level: Type.TString;
            title: Type.TString;
            rule: Type.TString;
            startedAt: Type.TInteger;
            endedAt: Type.TInteger;
            verdict: Type.TOptional<Type.TObject<{
                result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                level: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
                rule: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
    readonly action: Type.TObject<{
        target: Type.TInteger;
        buttonId: Type.TString;
        label: Type.TString;
    }>;
    readonly escalated: Type.TObject<{
        cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
        reason: Type.TOptional<Type.TString>;
        departmentId: Type.TOptional<Type.TString>;
    }>;
    readonly cobrowse: Type.TObject<{
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
    readonly note: Type.TObject<{
        text: Type.TString;
    }>;
    readonly 'conversation.created': Type.TObject<{
        conversationId: Type.TString;
    }>;
    readonly 'conversation.updated': Type.TObject<{
        conversationId: Type.TString;
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
    }>;
};
export declare const MessageEvent: Type.TObject<{
    kind: Type.TLiteral<"message">;
    d: Type.TUnion<[Type.TObject<{
        parts: Type.TArray<Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"text">;
            text: Type.TString;
        }>, Type.TObject<{
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
        }>, Type.TObject<{
            kind: Type.TString;
            fallback: Type.TString;
        }>]>>;
        lang: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        tombstone: Type.TLiteral<true>;
        retractedBySeq: Type.TOptional<Type.TInteger>;
    }>]>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const StatusEvent: Type.TObject<{
    kind: Type.TLiteral<"status">;
    d: Type.TObject<{
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const AssignmentEvent: Type.TObject<{
    kind: Type.TLiteral<"assignment">;
    d: Type.TObject<{
        state: Type.TUnsafe<"assigned" | "queued">;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        departmentId: Type.TOptional<Type.TString>;
        reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const ParticipantJoinedEvent: Type.TObject<{
    kind: Type.TLiteral<"participant.joined">;
    d: Type.TObject<{
        who: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const ParticipantLeftEvent: Type.TObject<{
    kind: Type.TLiteral<"participant.left">;
    d: Type.TObject<{
        who: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const ConsentEvent: Type.TObject<{
    kind: Type.TLiteral<"consent">;
    d: Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const FormAnsweredEvent: Type.TObject<{
    kind: Type.TLiteral<"form.answered">;
    d: Type.TObject<{
        form: Type.TObject<{
            questionnaire: Type.TString;
            title: Type.TOptional<Type.TString>;
        }>;
        purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
        asked: Type.TOptional<Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
        }>>;
        answers: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        response: Type.TUnsafe<Record<string, unknown>>;
        outcome: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            version: Type.TString;
            status: Type.TUnsafe<"approved" | "draft">;
            level: Type.TString;
            title: Type.TString;
            rule: Type.TString;
            startedAt: Type.TInteger;
            endedAt: Type.TInteger;
            verdict: Type.TOptional<Type.TObject<{
                result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                level: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
                rule: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const ActionEvent: Type.TObject<{
    kind: Type.TLiteral<"action">;
    d: Type.TObject<{
        target: Type.TInteger;
        buttonId: Type.TString;
        label: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const EscalatedEvent: Type.TObject<{
    kind: Type.TLiteral<"escalated">;
    d: Type.TObject<{
        cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
        reason: Type.TOptional<Type.TString>;
        departmentId: Type.TOptional<Type.TString>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const CobrowseEvent: Type.TObject<{
    kind: Type.TLiteral<"cobrowse">;
    d: Type.TObject<{
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
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const NoteEvent: Type.TObject<{
    kind: Type.TLiteral<"note">;
    d: Type.TObject<{
        text: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const ConversationCreatedEvent: Type.TObject<{
    kind: Type.TLiteral<"conversation.created">;
    d: Type.TObject<{
        conversationId: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const ConversationUpdatedEvent: Type.TObject<{
    kind: Type.TLiteral<"conversation.updated">;
    d: Type.TObject<{
        conversationId: Type.TString;
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>;
export declare const Event: Type.TUnion<[Type.TObject<{
    kind: Type.TLiteral<"message">;
    d: Type.TUnion<[Type.TObject<{
        parts: Type.TArray<Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"text">;
            text: Type.TString;
        }>, Type.TObject<{
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
        }>, Type.TObject<{
            kind: Type.TString;
            fallback: Type.TString;
        }>]>>;
        lang: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        tombstone: Type.TLiteral<true>;
        retractedBySeq: Type.TOptional<Type.TInteger>;
    }>]>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"status">;
    d: Type.TObject<{
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"assignment">;
    d: Type.TObject<{
        state: Type.TUnsafe<"assigned" | "queued">;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        departmentId: Type.TOptional<Type.TString>;
        reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"participant.joined">;
    d: Type.TObject<{
        who: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"participant.left">;
    d: Type.TObject<{
        who: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"consent">;
    d: Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"form.answered">;
    d: Type.TObject<{
        form: Type.TObject<{
            questionnaire: Type.TString;
            title: Type.TOptional<Type.TString>;
        }>;
        purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
        asked: Type.TOptional<Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
        }>>;
        answers: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        response: Type.TUnsafe<Record<string, unknown>>;
        outcome: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            version: Type.TString;
            status: Type.TUnsafe<"approved" | "draft">;
            level: Type.TString;
            title: Type.TString;
            rule: Type.TString;
            startedAt: Type.TInteger;
            endedAt: Type.TInteger;
            verdict: Type.TOptional<Type.TObject<{
                result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                level: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
                rule: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"action">;
    d: Type.TObject<{
        target: Type.TInteger;
        buttonId: Type.TString;
        label: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"escalated">;
    d: Type.TObject<{
        cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
        reason: Type.TOptional<Type.TString>;
        departmentId: Type.TOptional<Type.TString>;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"cobrowse">;
    d: Type.TObject<{
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
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"note">;
    d: Type.TObject<{
        text: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"conversation.created">;
    d: Type.TObject<{
        conversationId: Type.TString;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"conversation.updated">;
    d: Type.TObject<{
        conversationId: Type.TString;
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
    }>;
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    id: Type.TString;
    at: Type.TInteger;
    by: Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>;
    cmid: Type.TOptional<Type.TString>;
    dev: Type.TOptional<Type.TString>;
}>]>;
/** What can be submitted. */
export declare const FormSubmit: Type.TObject<{
    kind: Type.TLiteral<"form">;
    form: Type.TObject<{
        form: Type.TObject<{
            questionnaire: Type.TString;
            title: Type.TOptional<Type.TString>;
        }>;
        purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
        asked: Type.TOptional<Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
        }>>;
        answers: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        response: Type.TUnsafe<Record<string, unknown>>;
        outcome: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            version: Type.TString;
            status: Type.TUnsafe<"approved" | "draft">;
            level: Type.TString;
            title: Type.TString;
            rule: Type.TString;
            startedAt: Type.TInteger;
            endedAt: Type.TInteger;
            verdict: Type.TOptional<Type.TObject<{
                result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                level: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
                rule: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
}>;
export declare const MessageSubmit: Type.TObject<{
    kind: Type.TLiteral<"message">;
    parts: Type.TArray<Type.TUnion<[Type.TObject<{
        kind: Type.TLiteral<"text">;
        text: Type.TString;
    }>, Type.TObject<{
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
    }>, Type.TObject<{
        kind: Type.TString;
        fallback: Type.TString;
    }>]>>;
    lang: Type.TOptional<Type.TString>;
}>;
export declare const CloseSubmit: Type.TObject<{
    kind: Type.TLiteral<"close">;
}>;
export declare const ConsentSubmit: Type.TObject<{
    kind: Type.TLiteral<"consent">;
    consent: Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>;
}>;
export declare const AcceptSubmit: Type.TObject<{
    kind: Type.TLiteral<"accept">;
}>;
export declare const AssignSubmit: Type.TObject<{
    kind: Type.TLiteral<"assign">;
    agentId: Type.TOptional<Type.TString>;
}>;
export declare const ReopenSubmit: Type.TObject<{
    kind: Type.TLiteral<"reopen">;
}>;
export declare const NoteSubmit: Type.TObject<{
    kind: Type.TLiteral<"note">;
    text: Type.TString;
}>;
export declare const SubmitEvent: Type.TUnion<[Type.TObject<{
    kind: Type.TLiteral<"message">;
    parts: Type.TArray<Type.TUnion<[Type.TObject<{
        kind: Type.TLiteral<"text">;
        text: Type.TString;
    }>, Type.TObject<{
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
    }>, Type.TObject<{
        kind: Type.TString;
        fallback: Type.TString;
    }>]>>;
    lang: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"close">;
}>, Type.TObject<{
    kind: Type.TLiteral<"consent">;
    consent: Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>;
}>, Type.TObject<{
    kind: Type.TLiteral<"action">;
    target: Type.TInteger;
    buttonId: Type.TString;
}>, Type.TObject<{
    kind: Type.TLiteral<"escalate">;
    reason: Type.TOptional<Type.TString>;
    departmentId: Type.TOptional<Type.TString>;
}>, Type.TObject<{
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
}>, Type.TObject<{
    kind: Type.TLiteral<"accept">;
}>, Type.TObject<{
    kind: Type.TLiteral<"assign">;
    agentId: Type.TOptional<Type.TString>;
}>, Type.TObject<{
    kind: Type.TLiteral<"reopen">;
}>, Type.TObject<{
    kind: Type.TLiteral<"note">;
    text: Type.TString;
}>, Type.TObject<{
    kind: Type.TLiteral<"form">;
    form: Type.TObject<{
        form: Type.TObject<{
            questionnaire: Type.TString;
            title: Type.TOptional<Type.TString>;
        }>;
        purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
        asked: Type.TOptional<Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
        }>>;
        answers: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        response: Type.TUnsafe<Record<string, unknown>>;
        outcome: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            version: Type.TString;
            status: Type.TUnsafe<"approved" | "draft">;
            level: Type.TString;
            title: Type.TString;
            rule: Type.TString;
            startedAt: Type.TInteger;
            endedAt: Type.TInteger;
            verdict: Type.TOptional<Type.TObject<{
                result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                level: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
                rule: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
}>]>;
