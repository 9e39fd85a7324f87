/* An anywidget: one more view of an explorer's numbers, which does all the work (see kernel.js). */

export default {
  async render(/** @type {any} */ { model, el, signal, host }) {
    const explorer = await host.getWidget(model.get("explorer"));
    explorer.exports.show(el, model, signal);
  },
};
