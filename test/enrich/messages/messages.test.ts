import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeByWords } from '../../../src/enrich/messages/analyze.ts';
import { checkDraft } from '../../../src/enrich/messages/check-draft.ts';
import { languageOf } from '../../../src/enrich/messages/language.ts';
import { bestPassages } from '../../../src/enrich/messages/passages.ts';
import { templateDraft } from '../../../src/enrich/messages/template.ts';
import { maskedText } from '../../../src/enrich/openai/text-for-model.ts';

const word = fc.constantFrom(
  'invoice',
  'refund',
  'password',
  'not',
  'urgent',
  'the',
  'is',
  '?',
  '!!!',
  '\n',
  '> old',
  '7',
  '🙂',
);
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
const article = fc.record({ title: text, text });

describe('A masked text', () => {
  it.each([
    'Dear Zoe Quill, it works.',
    'Hi ZOE,\nit works.',
    'Sehr geehrte Frau Dr. Quill, es geht.',
    'Bonjour Zoé, ça marche.',
    'My name is Zoe Quill and it works.',
    'Ich bin Zoe Quill von nebenan.',
    'Me llamo Zoe Quill y funciona.',
    'Zoe Quill here, it works.',
    'It works.\n\nKind regards,\nzoe quill',
    'Es geht.\nMit freundlichen Grüßen\n\nZoe Quill',
    'It works. Thanks\nThanks, Zoe',
    'Zoe said: write to zoe.quill@x.example.',
    'Write to zoe @ quill.example or zoe(at)quill.example, Zoe.',
  ])('has no name of %j', (message) => {
    expect(maskedText(message, [])).not.toMatch(/zo[eé]|quill/i);
  });

  it.each([
    'Call 555,867,5309 or 555·867·5309.',
    'Call 555–867–5309 or 555‑867‑5309.',
    'Call 555_867_5309 or 555\u00a0867\u00a05309.',
    'My passport is C01X00T47, my order K86-7530-9Q.',
    'Car WXR53098 and IBAN DE89 8675 3090 0000.',
  ])('has no number of %j', (message) => {
    expect(maskedText(message, [])).not.toMatch(/555|867|530|C01|T47/);
  });

  it('keeps what is wanted', () => {
    const message = 'Hello, I cannot reset my password. Thank you for looking into my invoice 12!';
    expect(maskedText(message, [])).toBe(message);
  });
});

describe('A message', () => {
  it('is read the same every time, and modestly', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 2_000 })), (message) => {
        const read = analyzeByWords(message);
        expect(analyzeByWords(message)).toEqual(read);
        expect(read.confidence).toBeGreaterThanOrEqual(0);
        expect(read.confidence).toBeLessThanOrEqual(0.8);
      }),
    );
  });

  it.each([
    ['Das ist nicht dringend, wir haben keine Eile.', 'low'],
    ['This is not urgent.', 'low'],
    ['Our production is down, please help immediately.', 'high'],
    ['Bonne journée.', 'normal'],
  ])('%s is of urgency %s', (message, urgency) => {
    expect(analyzeByWords(message).urgency).toBe(urgency);
  });

  it('wants what its writer wrote, not what was quoted', () => {
    const message = 'Thanks for your answer, how do I go on?\n> I want to cancel my contract.\n> Please cancel it.';
    expect(analyzeByWords(message).intent).not.toBe('cancellation');
  });

  it.each([
    ['Ich habe eine Frage zu der Rechnung, die Sie mir geschickt haben.', 'de'],
    ['Je voudrais savoir si vous avez reçu ma commande.', 'fr'],
    ['Necesito ayuda con mi pedido, no puedo entrar en la cuenta.', 'es'],
    ['Vorrei sapere se avete ricevuto il mio ordine della settimana scorsa.', 'it'],
    ['Ik heb een vraag over de factuur die jullie naar ons hebben gestuurd.', 'nl'],
    ['Доброго дня, у мене є питання щодо рахунку.', 'uk'],
    ['안녕하세요, 주문에 대해 질문이 있습니다.', 'ko'],
    ['12345', 'und'],
    ['xyzzy', 'und'],
  ])('%s is in %s', (message, language) => {
    expect(languageOf(message).code).toBe(language);
  });
});

describe('A text with pseudonyms', () => {
  it('keeps no address, link, long number or given name', () => {
    const masked = maskedText(
      'Zoë Quill (zoe@quill.example, +1 415-555-0100) saw www.quill.example/a at quill.co.uk and invoice INV20264711, 3 times.',
      ['Zoë', 'Quill'],
    );
    expect(masked).toBe('[name] [name] ([e-mail], [number]) saw [link] at [link] and invoice INV[number], 3 times.');
  });
});

describe('A draft', () => {
  it('that is a template is made of passages of the articles alone, each cited', () => {
    fc.assert(
      fc.property(text, fc.array(article, { maxLength: 4 }), (message, articles) => {
        const draft = templateDraft({ message, articles, language: 'en' });
        const cited = draft?.sentences.filter((sentence) => sentence.articles.length > 0) ?? [];
        expect(draft === undefined || cited.length > 0).toBe(true);
        for (const sentence of cited) {
          const [place = 0] = sentence.articles;
          expect(articles[place - 1]?.text.replaceAll(/\s+/g, ' ')).toContain(sentence.text);
        }
      }),
    );
  });

  it('rests on the article that has the rarer words of the message', () => {
    const articles = [
      { title: 'Account', text: 'Your account has a profile page.' },
      { title: 'Export', text: 'Your account can export contacts as a file.' },
    ];
    expect(bestPassages('How do I export contacts from my account?', articles)[0]?.article).toBe(2);
  });

  it('may repeat numbers of the message and of the articles it cites, and no others', () => {
    const articles = [
      { title: 'A', text: 'Delivery takes 3 days.' },
      { title: 'B', text: 'It costs 9.90 euros.' },
    ];
    const checked = (sentence: string, places: readonly number[]) =>
      checkDraft({ sentences: [{ text: sentence, articles: places }] }, 'I ordered 12 pieces.', articles).stands;
    expect(checked('Your 12 pieces come in 3 days.', [1])).toBe(true);
    expect(checked('They come in 4 days.', [1])).toBe(false);
    expect(checked('They cost 9.90 euros.', [1])).toBe(false);
    expect(checked('They cost 9.90 euros.', [1, 2])).toBe(true);
  });

  it('promises no number that only the message has', () => {
    const refunds = [{ title: 'Refunds', text: 'We refund orders that did not arrive.' }];
    const said = { text: 'We refund your order of 5000 euros.', articles: [1] };
    expect(checkDraft({ sentences: [said] }, 'Refund my 5000 euros!', refunds).stands).toBe(false);
  });
});
