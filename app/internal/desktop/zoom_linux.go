//go:build linux && (production || dev || bindings)

package desktop

/*
#cgo pkg-config: gtk+-3.0
#cgo !webkit2_41 pkg-config: webkit2gtk-4.0
#cgo webkit2_41 pkg-config: webkit2gtk-4.1
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

static void zoomViews(GtkWidget *w, gpointer level) {
	if (WEBKIT_IS_WEB_VIEW(w)) {
		webkit_web_view_set_zoom_level(WEBKIT_WEB_VIEW(w), *(double *)level);
	} else if (GTK_IS_CONTAINER(w)) {
		gtk_container_forall(GTK_CONTAINER(w), zoomViews, level);
	}
}

static gboolean zoomNow(gpointer level) {
	GList *windows = gtk_window_list_toplevels();
	for (GList *l = windows; l != NULL; l = l->next) {
		zoomViews(GTK_WIDGET(l->data), level);
	}
	g_list_free(windows);
	g_free(level);
	return G_SOURCE_REMOVE;
}

static void zoomSoon(double level) {
	double *kept = g_new(double, 1);
	*kept = level;
	g_idle_add(zoomNow, kept);
}
*/
import "C"

import "context"

// showZoom shows the window's page in a size in percent: the web view's own zoom,
// as in a browser, so that the page arranges itself for the room that is left.
// Wails has no function for it. The toolkit's thread does it when it comes to it.
func showZoom(_ context.Context, percent int) { C.zoomSoon(C.double(percent) / 100) }
