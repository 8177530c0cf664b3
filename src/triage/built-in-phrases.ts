/** Phrases that ask for a number at once, written for this project. Not approved by a clinician, and the Spanish and Arabic ones not reviewed: a clinic may put its own in their place. */
import type { RedFlagPhrases } from './red-flag-phrases.js';

const lines = (text: string): readonly string[] => text.trim().split(/\s*\n\s*/);

export const builtInPhrases: RedFlagPhrases = {
  en: {
    crisis: lines(`
      kill myself
      killing myself
      end my life
      ending my life
      take my own life
      taking my own life
      end it all
      want to die
      wanna die
      wish I was dead
      wish I were dead
      better off dead
      don't want to live
      do not want to live
      don't want to be alive
      do not want to be alive
      no reason to live
      suicide
      suicidal
      want to hurt myself
      going to hurt myself
      might hurt myself
      hurting myself
      harm myself
      harming myself
      self harm
    `),
    emergency: lines(`
      can't breathe
      cannot breathe
      can not breathe
      can't catch my breath
      cannot catch my breath
      trouble breathing
      difficulty breathing
      hard to breathe
      struggling to breathe
      gasping for air
      not breathing
      stopped breathing
      choking
      chest pain
      chest pains
      pain in my chest
      pain in the chest
      chest hurts
      chest is tight
      tightness in my chest
      pressure in my chest
      heart attack
      having a stroke
      face is drooping
      slurred speech
      can't speak
      passed out
      fainted
      unconscious
      won't wake up
      will not wake up
      can't wake him
      can't wake her
      having a seizure
      had a seizure
      coughing up blood
      coughing blood
      vomiting blood
      throwing up blood
      won't stop bleeding
      bleeding won't stop
      bleeding a lot
      blue lips
      lips are blue
      turning blue
      throat is closing
      throat is swelling
      swallowed poison
      overdose
      overdosed
      too many pills
    `),
  },
  es: {
    crisis: lines(`
      matarme
      me quiero matar
      quiero morir
      quiero morirme
      me quiero morir
      quitarme la vida
      acabar con mi vida
      terminar con mi vida
      suicidio
      suicidarme
      suicida
      no quiero vivir
      no quiero seguir viviendo
      no quiero estar vivo
      no quiero estar viva
      mejor muerto
      mejor muerta
      hacerme daño
      lastimarme
      autolesión
      autolesiones
    `),
    emergency: lines(`
      no puedo respirar
      no puede respirar
      no respira
      dejó de respirar
      me falta el aire
      le falta el aire
      me cuesta respirar
      le cuesta respirar
      dificultad para respirar
      me ahogo
      se ahoga
      me estoy ahogando
      se está ahogando
      dolor de pecho
      dolor en el pecho
      me duele el pecho
      le duele el pecho
      presión en el pecho
      opresión en el pecho
      ataque al corazón
      infarto
      derrame cerebral
      no puede hablar
      habla arrastrada
      no despierta
      no se despierta
      se desmayó
      me desmayé
      inconsciente
      convulsión
      convulsiones
      convulsionando
      tos con sangre
      toso sangre
      tosiendo sangre
      vomito sangre
      vomitando sangre
      sangra mucho
      no para de sangrar
      no deja de sangrar
      labios azules
      se me cierra la garganta
      veneno
      sobredosis
      demasiadas pastillas
    `),
  },
  ar: {
    crisis: lines(`
      أريد أن أموت
      أريد الموت
      أتمنى الموت
      أتمنى أن أموت
      أتمنى لو أموت
      لا أريد أن أعيش
      لا أريد العيش
      أقتل نفسي
      سأقتل نفسي
      قتل نفسي
      أنهي حياتي
      سأنهي حياتي
      إنهاء حياتي
      أنتحر
      سأنتحر
      انتحار
      الانتحار
      أؤذي نفسي
      إيذاء نفسي
      اريد اموت
      بدي أموت
      عايز أموت
      عايزة أموت
      ابغى أموت
      ما بدي أعيش
    `),
    emergency: lines(`
      لا أستطيع التنفس
      لا أستطيع أن أتنفس
      لا يستطيع التنفس
      لا تستطيع التنفس
      مش قادر أتنفس
      مش قادرة أتنفس
      صعوبة في التنفس
      ضيق في التنفس
      ضيق شديد في التنفس
      ضيق تنفس
      لا يتنفس
      لا تتنفس
      توقف عن التنفس
      أختنق
      يختنق
      تختنق
      اختناق
      ألم في الصدر
      ألم في صدري
      وجع في صدري
      صدري يؤلمني
      ضغط في الصدر
      ضغط في صدري
      نوبة قلبية
      جلطة
      سكتة دماغية
      أغمي علي
      أغمي عليه
      أغمي عليها
      إغماء
      فقد الوعي
      فقدت الوعي
      فاقد الوعي
      لا يستيقظ
      لا تستيقظ
      تشنج
      تشنجات
      أسعل دما
      سعال دم
      سعال مع دم
      أتقيأ دما
      يتقيأ دما
      نزيف شديد
      النزيف لا يتوقف
      نزيف لا يتوقف
      شفاه زرقاء
      جرعة زائدة
      تسمم
    `),
  },
};
