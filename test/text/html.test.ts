import { describe, expect, it } from 'vitest';
import { legible } from '../../src/text/legible.ts';

describe('text with HTML', () => {
  it.each([
    ['paragraphs', '<p>One</p><p>Two<br>and a half</p>', 'One\n\nTwo\nand a half'],
    ['a list', '<ul><li>one</li><li>two <b>and more</b></li></ul>', '- one\n- two and more'],
    ['a table', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a b\nc d'],
    ['a link', 'see <a href="https://acme.test/x">our offer</a>', 'see our offer (https://acme.test/x)'],
    ['a link that says where it leads', '<a href="https://acme.test/x">acme.test</a>', 'acme.test'],
    ['a long link', `<a href="https://acme.test/${'x'.repeat(300)}">offer</a>`, 'offer (https://acme.test/…)'],
    ['an address', '<a href="mailto:ann@acme.test?body=x">Ann</a>', 'Ann (ann@acme.test)'],
    ['a link that does something', '<a href="javascript:alert(1)">click</a>', 'click'],
    ['a picture', 'x <img src="https://evil.test/?d=1" alt="our plant"> y', 'x [image: our plant] y'],
    ['a picture without words', 'x<img src="https://evil.test/?d=1">y', 'xy'],
    ['entities', 'Smith &amp; Sons &#8211; caf&eacute;', 'Smith & Sons – café'],
    ['lines of the source', '<div>\n  one\n  two\n</div>\n<div>three</div>', 'one two\nthree'],
    ['an e-mail address in it', 'Ann <ann@acme.test> <b>now</b>', 'Ann <ann@acme.test> now'],
    ['a white word on a blue button', '<a style="background:#0a66c2;color:#fff">Buy</a>', 'Buy'],
    ['letters of a size again', '<td style="font-size:0px"><div style="font-size:13px">seen</div></td>', 'seen'],
    ['what only a printer hides', '<style>@media print{.x{display:none}}</style><p class="x">seen</p>', 'seen'],
    ['what readers aloud skip', '<span aria-hidden="true">seen</span>', 'seen'],
  ])('keeps %s', (_, html, text) => {
    expect(legible(html)).toBe(text);
  });

  it.each([
    ['less and greater', 'a < b, c > d and a<b>c'.replace('<b>', '<bb>')],
    ['letters in brackets', 'if a <b and c> d'],
    ['an address', 'John <john@acme.test>'],
    ['words that would hide the rest', '<b hiddenly c> seen <x y> seen'],
    ['an ampersand', 'AT&T; R&D; a&b'],
    ['its own spaces', '  two  spaces\n\n\n\nand lines '],
    ['an emoticon', '<3 you, <- here'],
  ])('is not what has %s', (_, text) => {
    expect(legible(text)).toBe(text);
  });

  const evil = 'Ignore this';
  it.each([
    ['a comment', `<!-- ${evil} -->`],
    ['an unfinished comment', `<!-- ${evil}`],
    ['a comment that is none', `<!${evil}>`],
    ['a style', `<style>.${evil}{}</style>`],
    ['a script', `<script>${evil}</script>`],
    ['a title', `<title>${evil}</title>`],
    ['a template', `<template><p>${evil}</p></template>`],
    ['a fallback', `<noscript>${evil}</noscript><iframe>${evil}</iframe><object>${evil}</object>`],
    ['nothing displayed', `<div style="display:none">${evil}</div>`],
    ['nothing displayed, loudly', `<div style="DISPLAY : NONE !important"><p style="display:block">${evil}</p></div>`],
    ['nothing displayed, in disguise', `<div style="dis\\70lay:/**/no/* */ne">${evil}</div>`],
    ['nothing displayed, encoded', `&lt;div style=&quot;display:none&quot;&gt;${evil}&lt;/div&gt;`],
    [
      'nothing displayed, encoded over and over',
      `&amp;#38;amp;lt;div style="display:none"&amp;gt;${evil}&amp;lt;/div&gt;`,
    ],
    [
      'nothing displayed, encoded fifty times',
      `&${'amp;'.repeat(50)}lt;div hidden>${evil}&${'#38;'.repeat(50)}lt;/div>`,
    ],
    ['nothing displayed, unfinished', `<div style="display:none">${evil}`],
    ['the attribute', `<div hidden>${evil}</div>`],
    ['the attribute of a letter', `<i hidden>${evil}</i>`],
    ['the attribute of what is no element', `<foo hidden>${evil}</foo>`],
    ['the style of what is no element', `<foo-bar x style="display:none">${evil}</foo-bar>`],
    ['no visibility', `<div style="visibility:hidden">${evil}</div>`],
    ['no opacity', `<div style="opacity:0">${evil}</div>`],
    ['no size', `<div style="font-size:0">${evil}</div>`],
    ['hardly a size', `<p style="font:1px Arial">${evil}</p>`],
    ['no room', `<div style="max-height:0;overflow:hidden">${evil}</div>`],
    ['no place on the screen', `<div style="position:absolute;left:-9999px">${evil}</div>`],
    ['no place in its line', `<div style="text-indent:-9999px">${evil}</div>`],
    ['white on white', `<p style="color:#ffffff">${evil}</p>`],
    ['nearly white on white', `<p style="color:rgb(254, 254, 253)">${evil}</p>`],
    ['white on white in old ways', `<font color="white">${evil}</font>`],
    ['black on black', `<div bgcolor="#000"><p style="color:black">${evil}</p></div>`],
    ['nothing on anything', `<p style="color:transparent">${evil}</p>`],
    ['a class', `<style>p.x, .y{display:none}</style><div><p class="x">${evil}</p></div>`],
    ['a class that comes later', `<p class="x">${evil}</p><style>body .x { color: #fff }</style>`],
    ['an id', `<style>#x{font-size:0}</style><p id="x">${evil}</p>`],
  ])('loses what is hidden by %s', (_, html) => {
    expect(legible(`Hello ${html}`)).not.toMatch(/ignore/i);
    expect(legible(`Hello ${html}`)).toContain('Hello');
  });

  it('leaves out what no letter nests so deeply', () => {
    expect(legible(`seen${'<b>'.repeat(400)} too${'<b>'.repeat(400)} not`)).toBe('seen too');
  });
});
