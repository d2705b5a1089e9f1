/** What a customer's master record says about who the buyer may be. */
export interface Identity {
  taxId: string | null;
  address: string | null;
  bankAccount: string | null;
  emails: readonly string[];
  creditGroupId: string | null;
}

/** Everybody has an address there, so it says nothing. */
const publicMail = new Set(
  `126.com 163.com 21cn.com aol.com bk.ru bigpond.com bluewin.ch btinternet.com comcast.net email.com fastmail.com foxmail.com
  free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de
  hotmail.fr hotmail.it icloud.com inbox.ru laposte.net libero.it list.ru live.com live.de mac.com mail.com mail.ru me.com msn.com
  mynet.com naver.com orange.fr outlook.com outlook.de proton.me protonmail.com qq.com rambler.ru rediffmail.com sina.com sohu.com
  t-online.de tutanota.com ukr.net virgilio.it walla.co.il wanadoo.fr web.de yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.tr
  yahoo.de yahoo.fr yandex.com yandex.ru yeah.net zoho.com`.split(/\s+/),
);

/** What others may have in common with the customer: they are perhaps several names of one buyer. Writing it differently makes no difference. */
export function linksOf({ taxId, address, bankAccount, emails, creditGroupId }: Identity): string[] {
  const domains = emails.flatMap(
    (email) =>
      email
        .slice(email.lastIndexOf('@') + 1)
        .toLowerCase()
        .trim() || [],
  );
  const links = [
    link('tax-id', taxId),
    link('address', address),
    link('bank-account', bankAccount),
    ...domains.map((domain) => (publicMail.has(domain) ? null : `e-mail ${domain}`)),
    creditGroupId && `credit-group ${creditGroupId}`,
  ];
  return [...new Set(links.filter((one) => one !== null))];
}

/** Letters and digits only: spaces, dots and capitals differ from clerk to clerk. */
function link(kind: string, text: string | null): string | null {
  const letters = (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return letters.length < 4 ? null : `${kind} ${letters}`;
}
