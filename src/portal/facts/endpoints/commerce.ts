/** Selling. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const commerceEndpoints: Readonly<Record<string, string>> = {
  Subscriptions: `
    /payments-subscriptions/subscriptions/crm/{objectId}/cancel POST
    /payments-subscriptions/subscriptions/crm/{objectId}/pause POST
    /payments-subscriptions/subscriptions/crm/{objectId}/unpause POST
  `,
  'Payment links': `
    /commerce/payment-links/payment-links GET POST
    /commerce/payment-links/payment-links/{paymentLinkId} GET PATCH DELETE
  `,
  'Payment accounts': `
    /commerce/payment-accounts/status GET
  `,
  'Price books': `
    /commerce/price-books/price-books GET POST
    /commerce/price-books/price-books/{priceBookId} GET PATCH DELETE
    /commerce/price-books/price-books/{priceBookId}/activate POST
    /commerce/price-books/price-books/{priceBookId}/deactivate POST
    /commerce/price-books/price-books/{priceBookId}/items GET POST
    /commerce/price-books/price-books/{priceBookId}/items/batch/archive POST
    /commerce/price-books/price-books/{priceBookId}/items/batch/create POST
    /commerce/price-books/price-books/{priceBookId}/items/batch/update POST
    /commerce/price-books/price-books/{priceBookId}/items/{priceBookItemId} GET PATCH DELETE
    /commerce/price-books/price-books/{priceBookId}/validate POST
  `,
};
