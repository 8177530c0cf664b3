/** Bodies of the REST operations (README §6, §7) and of discovery (README §3). */
import { Type } from 'typebox';
export declare const EmergencyLine: Type.TObject<{
    kind: Type.TUnsafe<"crisis" | "emergency" | "other" | "poison">;
    number: Type.TString;
    label: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
}>;
export declare const ConsentText: Type.TObject<{
    purpose: Type.TString;
    version: Type.TString;
    required: Type.TBoolean;
    text: Type.TRecord<"^.*$", Type.TString>;
    html: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
}>;
export declare const Department: Type.TObject<{
    id: Type.TString;
    name: Type.TRecord<"^.*$", Type.TString>;
    preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
}>;
export declare const DepartmentAvailability: Type.TObject<{
    id: Type.TString;
    state: Type.TUnsafe<"offline" | "online">;
    opensAt: Type.TOptional<Type.TInteger>;
    closesAt: Type.TOptional<Type.TInteger>;
}>;
export declare const Availability: Type.TObject<{
    v: Type.TInteger;
    state: Type.TUnsafe<"offline" | "online">;
    departments: Type.TArray<Type.TObject<{
        id: Type.TString;
        state: Type.TUnsafe<"offline" | "online">;
        opensAt: Type.TOptional<Type.TInteger>;
        closesAt: Type.TOptional<Type.TInteger>;
    }>>;
    agents: Type.TArray<Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>>;
    opensAt: Type.TOptional<Type.TInteger>;
}>;
export declare const Checker: Type.TObject<{
    id: Type.TString;
    name: Type.TRecord<"^.*$", Type.TString>;
}>;
export declare const CheckerContent: Type.TObject<{
    pack: Type.TUnsafe<Record<string, unknown>>;
    allowUnreviewed: Type.TBoolean;
}>;
export declare const RedFlags: Type.TObject<{
    off: Type.TOptional<Type.TBoolean>;
    add: Type.TOptional<Type.TRecord<"^.*$", Type.TObject<{
        emergency: Type.TOptional<Type.TArray<Type.TString>>;
        crisis: Type.TOptional<Type.TArray<Type.TString>>;
    }>>>;
    replace: Type.TOptional<Type.TRecord<"^.*$", Type.TObject<{
        emergency: Type.TOptional<Type.TArray<Type.TString>>;
        crisis: Type.TOptional<Type.TArray<Type.TString>>;
    }>>>;
}>;
export declare const FormContent: Type.TObject<{
    questionnaire: Type.TUnsafe<Record<string, unknown>>;
}>;
export declare const Widget: Type.TObject<{
    id: Type.TString;
    clinicName: Type.TString;
    country: Type.TString;
    timeZone: Type.TString;
    emergency: Type.TArray<Type.TObject<{
        kind: Type.TUnsafe<"crisis" | "emergency" | "other" | "poison">;
        number: Type.TString;
        label: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
    }>>;
    privacyUrl: Type.TOptional<Type.TString>;
    languages: Type.TArray<Type.TString>;
    welcome: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
    consents: Type.TArray<Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        required: Type.TBoolean;
        text: Type.TRecord<"^.*$", Type.TString>;
        html: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
    }>>;
    departments: Type.TArray<Type.TObject<{
        id: Type.TString;
        name: Type.TRecord<"^.*$", Type.TString>;
        preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
    }>>;
    preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
    checkers: Type.TOptional<Type.TArray<Type.TObject<{
        id: Type.TString;
        name: Type.TRecord<"^.*$", Type.TString>;
    }>>>;
    redFlags: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
    forms: Type.TOptional<Type.TArray<Type.TString>>;
    rating: Type.TOptional<Type.TString>;
    preChatSkippable: Type.TOptional<Type.TBoolean>;
    offline: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
}>;
export declare const Discovery: Type.TObject<{
    protocol: Type.TLiteral<"care-chat">;
    versions: Type.TArray<Type.TString>;
    rest: Type.TString;
    ws: Type.TString;
    caps: Type.TArray<Type.TString>;
    limits: Type.TObject<{
        frameBytes: Type.TInteger;
        textChars: Type.TInteger;
        partsPerMessage: Type.TInteger;
        inflightPerStream: Type.TInteger;
        submitPerMin: Type.TInteger;
        typingMinMs: Type.TInteger;
        resumeMax: Type.TInteger;
        pageMax: Type.TInteger;
    }>;
    widget: Type.TObject<{
        id: Type.TString;
        clinicName: Type.TString;
        country: Type.TString;
        timeZone: Type.TString;
        emergency: Type.TArray<Type.TObject<{
            kind: Type.TUnsafe<"crisis" | "emergency" | "other" | "poison">;
            number: Type.TString;
            label: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
        }>>;
        privacyUrl: Type.TOptional<Type.TString>;
        languages: Type.TArray<Type.TString>;
        welcome: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
        consents: Type.TArray<Type.TObject<{
            purpose: Type.TString;
            version: Type.TString;
            required: Type.TBoolean;
            text: Type.TRecord<"^.*$", Type.TString>;
            html: Type.TOptional<Type.TRecord<"^.*$", Type.TString>>;
        }>>;
        departments: Type.TArray<Type.TObject<{
            id: Type.TString;
            name: Type.TRecord<"^.*$", Type.TString>;
            preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
        }>>;
        preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
        checkers: Type.TOptional<Type.TArray<Type.TObject<{
            id: Type.TString;
            name: Type.TRecord<"^.*$", Type.TString>;
        }>>>;
        redFlags: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
        forms: Type.TOptional<Type.TArray<Type.TString>>;
        rating: Type.TOptional<Type.TString>;
        preChatSkippable: Type.TOptional<Type.TBoolean>;
        offline: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
    }>;
    availability: Type.TObject<{
        v: Type.TInteger;
        state: Type.TUnsafe<"offline" | "online">;
        departments: Type.TArray<Type.TObject<{
            id: Type.TString;
            state: Type.TUnsafe<"offline" | "online">;
            opensAt: Type.TOptional<Type.TInteger>;
            closesAt: Type.TOptional<Type.TInteger>;
        }>>;
        agents: Type.TArray<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        opensAt: Type.TOptional<Type.TInteger>;
    }>;
}>;
export declare const FramesRequest: Type.TObject<{
    link: Type.TString;
    n: Type.TInteger;
    frames: Type.TArray<Type.TUnsafe<Record<string, unknown>>>;
}>;
export declare const FramesAnswer: Type.TObject<{
    n: Type.TInteger;
}>;
export declare const PollRequest: Type.TObject<{
    link: Type.TString;
    after: Type.TInteger;
}>;
export declare const PollAnswer: Type.TObject<{
    frames: Type.TArray<Type.TUnsafe<Record<string, unknown>>>;
    next: Type.TInteger;
}>;
export declare const SessionRequest: Type.TObject<{
    widgetId: Type.TString;
    deviceId: Type.TString;
    locale: Type.TOptional<Type.TString>;
    tz: Type.TOptional<Type.TString>;
}>;
export declare const RefreshRequest: Type.TObject<{
    refreshToken: Type.TString;
    deviceId: Type.TString;
}>;
export declare const VisitorSession: Type.TObject<{
    accessToken: Type.TString;
    expiresAt: Type.TInteger;
    refreshToken: Type.TString;
    serverTime: Type.TInteger;
    visitorId: Type.TString;
}>;
export declare const Agent: Type.TObject<{
    id: Type.TString;
    email: Type.TString;
    name: Type.TString;
    title: Type.TString;
    departments: Type.TArray<Type.TString>;
}>;
export declare const AgentSessionRequest: Type.TObject<{
    email: Type.TString;
    password: Type.TString;
    deviceId: Type.TString;
}>;
export declare const AgentSession: Type.TObject<{
    accessToken: Type.TString;
    expiresAt: Type.TInteger;
    refreshToken: Type.TString;
    serverTime: Type.TInteger;
    agent: Type.TObject<{
        id: Type.TString;
        email: Type.TString;
        name: Type.TString;
        title: Type.TString;
        departments: Type.TArray<Type.TString>;
    }>;
}>;
export declare const SessionAnswer: Type.TUnion<[Type.TObject<{
    accessToken: Type.TString;
    expiresAt: Type.TInteger;
    refreshToken: Type.TString;
    serverTime: Type.TInteger;
    visitorId: Type.TString;
}>, Type.TObject<{
    accessToken: Type.TString;
    expiresAt: Type.TInteger;
    refreshToken: Type.TString;
    serverTime: Type.TInteger;
    agent: Type.TObject<{
        id: Type.TString;
        email: Type.TString;
        name: Type.TString;
        title: Type.TString;
        departments: Type.TArray<Type.TString>;
    }>;
}>]>;
export declare const Watermark: Type.TObject<{
    who: Type.TString;
    role: Type.TUnsafe<"agent" | "visitor">;
    delivered: Type.TInteger;
    read: Type.TInteger;
}>;
export declare const ConversationState: Type.TObject<{
    status: Type.TUnsafe<"closed" | "open" | "waiting">;
    departmentId: Type.TOptional<Type.TString>;
    agent: Type.TOptional<Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>>;
    watermarks: Type.TArray<Type.TObject<{
        who: Type.TString;
        role: Type.TUnsafe<"agent" | "visitor">;
        delivered: Type.TInteger;
        read: Type.TInteger;
    }>>;
    createdAt: Type.TInteger;
}>;
export declare const Conversation: Type.TObject<{
    id: Type.TString;
    epoch: Type.TString;
    head: Type.TInteger;
    state: Type.TObject<{
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        departmentId: Type.TOptional<Type.TString>;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        watermarks: Type.TArray<Type.TObject<{
            who: Type.TString;
            role: Type.TUnsafe<"agent" | "visitor">;
            delivered: Type.TInteger;
            read: Type.TInteger;
        }>>;
        createdAt: Type.TInteger;
    }>;
}>;
export declare const ConversationRequest: Type.TObject<{
    cmid: Type.TString;
    departmentId: Type.TOptional<Type.TString>;
    locale: Type.TOptional<Type.TString>;
    page: Type.TOptional<Type.TObject<{
        name: Type.TString;
    }>>;
    preChat: Type.TOptional<Type.TObject<{
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
    }>>;
    consents: Type.TOptional<Type.TArray<Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>>>;
    first: Type.TOptional<Type.TArray<Type.TUnion<[Type.TObject<{
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
    }>]>>>;
}>;
export declare const OfflineRequest: Type.TObject<{
    cmid: Type.TString;
    departmentId: Type.TOptional<Type.TString>;
    locale: Type.TOptional<Type.TString>;
    page: Type.TOptional<Type.TObject<{
        name: Type.TString;
    }>>;
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
    attached: Type.TOptional<Type.TArray<Type.TObject<{
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
    }>>>;
    consents: Type.TOptional<Type.TArray<Type.TObject<{
        purpose: Type.TString;
        version: Type.TString;
        granted: Type.TBoolean;
        textHash: Type.TString;
        locale: Type.TString;
    }>>>;
}>;
export declare const OfflineReceipt: Type.TObject<{
    reference: Type.TString;
    promisedAt: Type.TOptional<Type.TInteger>;
}>;
export declare const ConversationList: Type.TObject<{
    list: Type.TArray<Type.TObject<{
        id: Type.TString;
        epoch: Type.TString;
        head: Type.TInteger;
        state: Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            watermarks: Type.TArray<Type.TObject<{
                who: Type.TString;
                role: Type.TUnsafe<"agent" | "visitor">;
                delivered: Type.TInteger;
                read: Type.TInteger;
            }>>;
            createdAt: Type.TInteger;
        }>;
    }>>;
}>;
export declare const EventPage: Type.TObject<{
    stream: Type.TString;
    epoch: Type.TString;
    head: Type.TInteger;
    floor: Type.TInteger;
    events: Type.TArray<Type.TUnion<[Type.TObject<{
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
    }>]>>;
    complete: Type.TBoolean;
}>;
export declare const Submit: Type.TObject<{
    stream: Type.TString;
    cmid: Type.TString;
    clientAt: Type.TOptional<Type.TInteger>;
    ev: Type.TUnion<[Type.TObject<{
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
}>;
export declare const SubmitRequest: Type.TObject<{
    cmid: Type.TString;
    clientAt: Type.TOptional<Type.TInteger>;
    ev: Type.TUnion<[Type.TObject<{
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
}>;
export declare const SubmitResult: Type.TObject<{
    stream: Type.TString;
    cmid: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
    eventId: Type.TString;
    at: Type.TInteger;
    dup: Type.TOptional<Type.TBoolean>;
}>;
export declare const ReceiptRequest: Type.TObject<{
    delivered: Type.TOptional<Type.TInteger>;
    read: Type.TOptional<Type.TInteger>;
}>;
/** Desk profile. */
export declare const Summary: Type.TObject<{
    id: Type.TString;
    v: Type.TInteger;
    status: Type.TUnsafe<"closed" | "open" | "waiting">;
    departmentId: Type.TOptional<Type.TString>;
    agent: Type.TOptional<Type.TObject<{
        id: Type.TString;
        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
        name: Type.TOptional<Type.TString>;
        title: Type.TOptional<Type.TString>;
    }>>;
    visitor: Type.TObject<{
        id: Type.TString;
        name: Type.TOptional<Type.TString>;
        locale: Type.TOptional<Type.TString>;
        online: Type.TBoolean;
        page: Type.TOptional<Type.TString>;
    }>;
    createdAt: Type.TInteger;
    waitingSince: Type.TOptional<Type.TInteger>;
    closedAt: Type.TOptional<Type.TInteger>;
    head: Type.TInteger;
    lastAt: Type.TInteger;
    lastMessage: Type.TOptional<Type.TObject<{
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        text: Type.TString;
        seq: Type.TInteger;
    }>>;
    check: Type.TOptional<Type.TObject<{
        checker: Type.TString;
        level: Type.TString;
        title: Type.TString;
        differs: Type.TOptional<Type.TString>;
    }>>;
    unread: Type.TInteger;
    preChat: Type.TArray<Type.TObject<{
        linkId: Type.TString;
        question: Type.TString;
        answers: Type.TArray<Type.TString>;
        at: Type.TOptional<Type.TInteger>;
        changed: Type.TOptional<Type.TBoolean>;
        skipped: Type.TOptional<Type.TBoolean>;
        source: Type.TOptional<Type.TUnsafe<"page">>;
    }>>;
    bot: Type.TOptional<Type.TBoolean>;
    offline: Type.TOptional<Type.TObject<{
        reference: Type.TString;
        promisedAt: Type.TOptional<Type.TInteger>;
    }>>;
    priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
    language: Type.TOptional<Type.TString>;
}>;
export declare const SummaryPage: Type.TObject<{
    list: Type.TArray<Type.TObject<{
        id: Type.TString;
        v: Type.TInteger;
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        departmentId: Type.TOptional<Type.TString>;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        visitor: Type.TObject<{
            id: Type.TString;
            name: Type.TOptional<Type.TString>;
            locale: Type.TOptional<Type.TString>;
            online: Type.TBoolean;
            page: Type.TOptional<Type.TString>;
        }>;
        createdAt: Type.TInteger;
        waitingSince: Type.TOptional<Type.TInteger>;
        closedAt: Type.TOptional<Type.TInteger>;
        head: Type.TInteger;
        lastAt: Type.TInteger;
        lastMessage: Type.TOptional<Type.TObject<{
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            text: Type.TString;
            seq: Type.TInteger;
        }>>;
        check: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            level: Type.TString;
            title: Type.TString;
            differs: Type.TOptional<Type.TString>;
        }>>;
        unread: Type.TInteger;
        preChat: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        bot: Type.TOptional<Type.TBoolean>;
        offline: Type.TOptional<Type.TObject<{
            reference: Type.TString;
            promisedAt: Type.TOptional<Type.TInteger>;
        }>>;
        priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
        language: Type.TOptional<Type.TString>;
    }>>;
    next: Type.TOptional<Type.TString>;
}>;
export declare const ConversationSearch: Type.TObject<{
    status: Type.TOptional<Type.TUnsafe<"closed" | "open" | "waiting">>;
    from: Type.TOptional<Type.TInteger>;
    to: Type.TOptional<Type.TInteger>;
    visitor: Type.TOptional<Type.TString>;
    cursor: Type.TOptional<Type.TString>;
    limit: Type.TOptional<Type.TInteger>;
}>;
export declare const CannedReply: Type.TObject<{
    id: Type.TString;
    shortcut: Type.TString;
    lang: Type.TString;
    text: Type.TString;
}>;
export declare const CannedReplies: Type.TObject<{
    list: Type.TArray<Type.TObject<{
        id: Type.TString;
        shortcut: Type.TString;
        lang: Type.TString;
        text: Type.TString;
    }>>;
}>;
export declare const Desk: Type.TObject<{
    agent: Type.TObject<{
        id: Type.TString;
        email: Type.TString;
        name: Type.TString;
        title: Type.TString;
        departments: Type.TArray<Type.TString>;
    }>;
    clinicName: Type.TString;
    departments: Type.TArray<Type.TObject<{
        id: Type.TString;
        name: Type.TRecord<"^.*$", Type.TString>;
        preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
    }>>;
    agents: Type.TArray<Type.TObject<{
        id: Type.TString;
        name: Type.TString;
        title: Type.TString;
        state: Type.TUnsafe<"away" | "offline" | "online">;
    }>>;
    state: Type.TUnsafe<"away" | "online">;
    list: Type.TArray<Type.TObject<{
        id: Type.TString;
        v: Type.TInteger;
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        departmentId: Type.TOptional<Type.TString>;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        visitor: Type.TObject<{
            id: Type.TString;
            name: Type.TOptional<Type.TString>;
            locale: Type.TOptional<Type.TString>;
            online: Type.TBoolean;
            page: Type.TOptional<Type.TString>;
        }>;
        createdAt: Type.TInteger;
        waitingSince: Type.TOptional<Type.TInteger>;
        closedAt: Type.TOptional<Type.TInteger>;
        head: Type.TInteger;
        lastAt: Type.TInteger;
        lastMessage: Type.TOptional<Type.TObject<{
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            text: Type.TString;
            seq: Type.TInteger;
        }>>;
        check: Type.TOptional<Type.TObject<{
            checker: Type.TString;
            level: Type.TString;
            title: Type.TString;
            differs: Type.TOptional<Type.TString>;
        }>>;
        unread: Type.TInteger;
        preChat: Type.TArray<Type.TObject<{
            linkId: Type.TString;
            question: Type.TString;
            answers: Type.TArray<Type.TString>;
            at: Type.TOptional<Type.TInteger>;
            changed: Type.TOptional<Type.TBoolean>;
            skipped: Type.TOptional<Type.TBoolean>;
            source: Type.TOptional<Type.TUnsafe<"page">>;
        }>>;
        bot: Type.TOptional<Type.TBoolean>;
        offline: Type.TOptional<Type.TObject<{
            reference: Type.TString;
            promisedAt: Type.TOptional<Type.TInteger>;
        }>>;
        priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
        language: Type.TOptional<Type.TString>;
    }>>;
}>;
