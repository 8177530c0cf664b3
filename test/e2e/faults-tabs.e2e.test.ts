/** Cases 75, 76, 85 and 90 of the fault model: several tabs and several elements are one visitor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { poll } from '../support/node/driver.js';
import type { Nurse, Patient } from './people.js';
import { useStage } from './stage.js';

describe('several tabs', () => {
  const stage = useStage();
  let patient: Patient;
  let second: Patient;
  let nurse: Nurse;
  const texts: string[] = [];

  it('75: two tabs sending at once: each message once, the same order everywhere', stage.step(async () => {
    [patient, nurse] = await Promise.all([stage.patient(), stage.nurse()]);
    await Promise.all([patient.visit('/'), nurse.signIn()]);
    await patient.startChat('Mina Okoye');
    await nurse.accept();
    second = await stage.tab(patient);
    await second.visit('/billing/');
    await second.openPanel();
    await second.field.waitFor();
    await Promise.all([patient, second].map(async (tab, of) => {
      for (let i = 0; i < 4; i++) {
        const text = `tab ${of} message ${i}`;
        // What the other tab was writing may have come into the empty field as the keys were pressed: whoever sees that, writes it anew.
        do await tab.field.fill(text);
        while ((await tab.field.waitFor(({ value }) => value !== '')).value !== text);
        await tab.page.press('Enter');
        await tab.field.waitFor(({ value }) => value !== text);
      }
    }));
    await poll(async () => ((await nurse.messages()).length >= 8 ? true : undefined), () => 'eight messages at the desk', 30_000);
    texts.push(...(await nurse.messages()).map(({ text }) => text));
    for (const of of [0, 1]) assert.deepEqual(texts.filter((text) => text.startsWith(`tab ${of}`)), [0, 1, 2, 3].map((i) => `tab ${of} message ${i}`));
    await Promise.all([patient, second, nurse].map((who) => who.seesExactly(texts)));
    await patient.sharesSocketWith(second);
  }));

  it('76: a duplicated tab gets an id of its own, and sends under its own name', stage.step(async () => {
    const copy = await stage.duplicate(patient);
    await copy.openPanel();
    await copy.seesExactly(texts);
    await copy.say('From the copy.');
    texts.push('From the copy.');
    await nurse.seesExactly(texts);
    await patient.sharesSocketWith(second, copy);
    const tabs = [patient, copy, second];
    assert.equal(await copy.tabId(), null, 'a copied storage has no id in it');
    await Promise.all(tabs.map((tab) => tab.page.reload()));
    const ids = await Promise.all(tabs.map((tab) => tab.tabId()));
    assert.equal(new Set(ids).size, tabs.length, `no id twice: ${ids.join(' ')}`);
    assert.ok(ids.every((id) => id?.startsWith('t_')), `an id for each: ${ids.join(' ')}`);
    await Promise.all(tabs.map((tab) => tab.openPanel()));
    await Promise.all(tabs.map((tab) => tab.seesExactly(texts)));
    await patient.sharesSocketWith(second, copy);
    await stage.closeTab(copy);
  }));

  it('what is being written and what is unread follow from tab to tab; whether the panel is open does not', stage.step(async () => {
    await second.closePanel();
    await patient.page.role('textbox', 'Message').fill('A draft for both');
    await patient.page.front();
    await nurse.reply('Unread in one, read in the other.');
    texts.push('Unread in one, read in the other.');
    await patient.seesExactly(texts);
    await poll(async () => ((await second.unread()) === 0 ? true : undefined), () => 'read in the first tab, so not unread in the second');
    await second.page.css('[part~=panel]').waitForNone();
    await second.openPanel();
    await second.field.waitFor((match) => match.value === 'A draft for both');
    await second.field.fill('');
  }));

  it('85: the tab that came first is closed, and where it can be, another frozen: the others go on', stage.step(async () => {
    const third = await stage.tab(patient);
    await third.visit('/contact/');
    await third.openPanel();
    await third.seesExactly(texts);
    await stage.closeTab(patient);
    await second.say('After the first was closed.');
    texts.push('After the first was closed.');
    await nurse.seesExactly(texts);
    if (second.page.can('freeze')) await second.page.freeze(true);
    else console.log(`# 85: ${second.page.engine} cannot be asked to freeze a page: closed instead`);
    if (!second.page.can('freeze')) await stage.closeTab(second);
    await third.say('While the second is frozen.');
    texts.push('While the second is frozen.');
    await nurse.seesExactly(texts);
    await nurse.reply('Heard by the one that is left.');
    texts.push('Heard by the one that is left.');
    await third.seesExactly(texts);
    assert.ok((await third.sockets()) <= 1);
    if (second.page.can('freeze')) {
      await second.page.freeze(false);
      await second.seesExactly(texts);
      await third.sharesSocketWith(second);
      await stage.closeTab(second);
    }
    patient = third;
  }));

  it('90: an element that is taken out and put back, and a second one: one connection, and each message once', stage.step(async () => {
    await patient.run(async () => {
      const chat = document.querySelector('care-chat') as HTMLElement;
      chat.remove();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      document.body.append(chat);
      const other = document.createElement('care-chat');
      other.setAttribute('widget', 'main');
      other.setAttribute('without-launcher', '');
      document.body.append(other);
      (other as HTMLElement & { open(): void }).open();
      while (!other.shadowRoot?.querySelector('.composer-field')) await new Promise((resolve) => requestAnimationFrame(resolve));
      (other as HTMLElement & { close(): void }).close();
      history.pushState({}, '', '/contact/elsewhere');
    });
    await patient.openPanel();
    await patient.seesExactly(texts);
    await patient.say('Once, please.');
    texts.push('Once, please.');
    await nurse.seesExactly(texts);
    await patient.sharesSocketWith();
  }));

  it('a logout in one tab empties the others', stage.step(async () => {
    const others = await Promise.all([stage.tab(patient), stage.tab(patient)]);
    for (const other of others) {
      await other.visit('/');
      await other.openPanel();
      await other.seesExactly(texts);
    }
    await patient.sharesSocketWith(...others);
    await patient.run(() => (document.querySelector('care-chat') as HTMLElement & { logout(): Promise<void> }).logout());
    for (const other of [patient, ...others]) {
      await other.page.role('button', 'Start chat').waitFor();
      assert.ok(!(await other.shownAndHidden()).includes('Once, please.'));
      assert.equal(await other.sockets(), 0, 'nobody who left is connected');
    }
  }));

  it('breaks no policy, logs no error', stage.step(() => stage.quiet()));
});
