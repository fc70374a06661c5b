// The New case page under each support offer: its own fields, hours, search words, and what it does not ask.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { axe, eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

describe('the support offers on the New case page', () => {
  let workbench: Workbench;
  let frame: Frame;
  before(async () => {
    workbench = await openWorkbench({
      settings: {
        'casebook.supportZone': 'Europe/Prague',
        'casebook.advancedAgreement': true,
      },
    });
    await workbench.command('Casebook: New case');
    frame = await workbench.pageFrame('New case');
    await frame.locator('#profile').waitFor();
  });
  after(() => workbench.close());

  const asked = async (): Promise<string[]> => {
    const shown: string[] = [];
    for (const id of ['severity', 'contact', 'phone', 'email', 'contactMethod', 'licenceId', 'agreementNumber']) {
      if (await frame.locator(`#${id}`).isVisible()) shown.push(id);
    }
    return shown;
  };

  const offers: [profile: string, asks: string[], says: RegExp][] = [
    ['m365Business', ['phone', 'email', 'contactMethod'], /Support works around the clock/],
    ['m365VolumeLicensing', ['phone', 'email', 'contactMethod', 'licenceId', 'agreementNumber'], /states no targets/],
    ['m365China', ['severity', 'contact'], /Choose a severity/],
    ['o365Enterprise2013', ['severity'], /Choose a severity/],
  ];
  for (const [profile, asks, says] of offers) {
    it(`${profile} asks for ${asks.join(', ')}`, async () => {
      await frame.locator('#profile').selectOption(profile);
      await eventually(async () => assert.deepEqual(await asked(), asks));
      assert.match(await frame.locator('aside').innerText(), says);
      await workbench.screenshot(`offer-${profile}`);
      assert.deepEqual(await axe(frame), []);
    });
  }

  it('ticks what severity A asks for as it is written, and leads to what is left', async () => {
    await frame.locator('#profile').selectOption('m365China');
    await frame.locator('input[name=severity][value=A]').check();
    const duties = frame.locator('.duties li');
    const met = async () => (await duties.allInnerTexts()).map(text => text.endsWith('done'));
    await eventually(async () => assert.deepEqual(await met(), [false, false, false]));
    await frame.locator('#resource').fill('Anna Kivi');
    await eventually(async () => assert.deepEqual(await met(), [false, true, false]));
    await frame.locator('#resource:focus').waitFor();
    await duties.nth(2).getByRole('button').click();
    await frame.locator('#contact:focus').waitFor();
    assert.deepEqual(await axe(frame), []);
    await workbench.screenshot('offer-duties');
    await frame.locator('#resource').fill('');
  });

  it("offers the team's contacts where one is asked for, and is a plain field where there is nothing to choose", async () => {
    await frame.locator('#profile').selectOption('m365China');
    await frame.getByRole('combobox', { name: 'How support reaches you' }).waitFor();
    const offered = frame.locator('#contact-list option');
    assert.equal(await offered.count(), 1);
    assert.equal(await offered.getAttribute('value'), 'Order desk, on call, +86 10 5555 0100, on-call@example.com');
    await frame.getByRole('textbox', { name: 'Title' }).waitFor();
  });

  it('puts the words of volume licensing before the question, once', async () => {
    await frame.locator('#profile').selectOption('m365VolumeLicensing');
    await frame.locator('#title').fill('Manage volume licensing: a key is missing');
    await frame
      .getByText('Type this into the search box of support: manage volume licensing a key is missing')
      .waitFor();
  });

  it('names every field that is missing, beside the field and in the summary', async () => {
    await frame.locator('#text').fill('The key of our agreement does not work.');
    await frame.getByRole('button', { name: 'File case' }).click();
    const summary = frame.locator('.summary');
    await summary.waitFor();
    const text = await summary.innerText();
    for (const name of ['Licence ID', 'Phone number', 'Email address', 'Preferred contact method']) {
      assert.ok(text.includes(name), `${name} is not in: ${text}`);
    }
    await workbench.screenshot('offer-missing');
  });

  it('files once one of the two numbers is there, and shows what was given on the case', async () => {
    await frame.locator('#agreementNumber').fill('0815');
    await frame.locator('#phone').fill('+420 555 010 020');
    await frame.locator('#email').fill('licences@example.com');
    await frame.locator('#contactMethod').selectOption('email');
    await frame.getByRole('button', { name: 'File case' }).click();
    const filed = await eventually(async () =>
      workbench.pageFrame('Case 1: Manage volume licensing: a key is missing'),
    );
    await filed.locator('.facts').getByText('0815').waitFor();
    assert.match(await filed.locator('.paste').innerText(), /0815/);
    assert.deepEqual(await axe(filed), []);
    await workbench.screenshot('offer-case');
  });
});
