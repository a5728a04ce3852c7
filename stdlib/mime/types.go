// Package mime has parts of MIME: media types, the types of file extensions, and encoded words in headers.
package mime

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
)

// builtin has the types that are known on any system. What the system says goes first only if it is not here.
var builtin = map[string]string{
	".ai":    "application/postscript",
	".apk":   "application/vnd.android.package-archive",
	".apng":  "image/apng",
	".avif":  "image/avif",
	".bin":   "application/octet-stream",
	".bmp":   "image/bmp",
	".com":   "application/octet-stream",
	".css":   "text/css; charset=utf-8",
	".csv":   "text/csv; charset=utf-8",
	".doc":   "application/msword",
	".docx":  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".ehtml": "text/html; charset=utf-8",
	".eml":   "message/rfc822",
	".eps":   "application/postscript",
	".exe":   "application/octet-stream",
	".flac":  "audio/flac",
	".gif":   "image/gif",
	".gz":    "application/gzip",
	".htm":   "text/html; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".ico":   "image/vnd.microsoft.icon",
	".ics":   "text/calendar; charset=utf-8",
	".jfif":  "image/jpeg",
	".jpeg":  "image/jpeg",
	".jpg":   "image/jpeg",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".m4a":   "audio/mp4",
	".mjs":   "text/javascript; charset=utf-8",
	".mp3":   "audio/mpeg",
	".mp4":   "video/mp4",
	".oga":   "audio/ogg",
	".ogg":   "audio/ogg",
	".ogv":   "video/ogg",
	".opus":  "audio/ogg",
	".pdf":   "application/pdf",
	".pjp":   "image/jpeg",
	".pjpeg": "image/jpeg",
	".png":   "image/png",
	".ppt":   "application/vnd.ms-powerpoint",
	".pptx":  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".ps":    "application/postscript",
	".rdf":   "application/rdf+xml",
	".rtf":   "application/rtf",
	".shtml": "text/html; charset=utf-8",
	".svg":   "image/svg+xml",
	".text":  "text/plain; charset=utf-8",
	".tif":   "image/tiff",
	".tiff":  "image/tiff",
	".txt":   "text/plain; charset=utf-8",
	".vtt":   "text/vtt; charset=utf-8",
	".wasm":  "application/wasm",
	".wav":   "audio/wav",
	".webm":  "video/webm",
	".webp":  "image/webp",
	".xbl":   "text/xml; charset=utf-8",
	".xbm":   "image/x-xbitmap",
	".xht":   "application/xhtml+xml",
	".xhtml": "application/xhtml+xml",
	".xls":   "application/vnd.ms-excel",
	".xlsx":  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml":   "text/xml; charset=utf-8",
	".xsl":   "text/xml; charset=utf-8",
	".zip":   "application/zip",
}

// types is what is known about extensions.
var types struct {
	once       sync.Once
	mu         sync.RWMutex
	exact      map[string]string   // type by extension
	lower      map[string]string   // type by extension in lower case
	extensions map[string][]string // in lower case, by type without parameters
}

func load() {
	types.exact = map[string]string{}
	types.lower = map[string]string{}
	types.extensions = map[string][]string{}
	for ext, typ := range builtin {
		setType(ext, typ)
	}
	for _, name := range []string{"/usr/local/share/mime/globs2", "/usr/share/mime/globs2"} {
		if loadGlobs(name) {
			return // the file has all
		}
	}
	for _, name := range []string{"/etc/mime.types", "/etc/apache2/mime.types", "/etc/apache/mime.types", "/etc/httpd/conf/mime.types"} {
		loadTypes(name)
	}
}

// eachLine calls f for the lines of a file. It reports whether there is one.
func eachLine(name string, f func(line string)) bool {
	file, err := os.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	for s := bufio.NewScanner(file); s.Scan(); {
		f(s.Text())
	}
	return true
}

// loadGlobs reads a file with lines weight:type:pattern, by descending weight.
func loadGlobs(name string) bool {
	return eachLine(name, func(line string) {
		fields := strings.Split(line, ":")
		if len(fields) < 3 || fields[0] == "" || fields[0][0] == '#' || len(fields[2]) < 3 || !strings.HasPrefix(fields[2], "*.") {
			return
		}
		ext := fields[2][1:]
		if strings.ContainsAny(ext, "?*[") {
			return
		}
		if _, ok := types.exact[ext]; !ok {
			setType(ext, fields[1])
		}
	})
}

// loadTypes reads a file with lines of a type and its extensions.
func loadTypes(name string) bool {
	return eachLine(name, func(line string) {
		fields := strings.Fields(line)
		if len(fields) <= 1 || fields[0][0] == '#' {
			return
		}
		for _, ext := range fields[1:] {
			if ext[0] == '#' {
				break
			}
			setType("."+ext, fields[0])
		}
	})
}

func setType(ext, typ string) error {
	plain, params, err := ParseMediaType(typ)
	if err != nil {
		return err
	}
	if strings.HasPrefix(typ, "text/") && params["charset"] == "" {
		params["charset"] = "utf-8"
		typ = FormatMediaType(typ, params)
	}
	lower := strings.ToLower(ext)
	types.exact[ext] = typ
	types.lower[lower] = typ
	if list := types.extensions[plain]; !slices.Contains(list, lower) {
		types.extensions[plain] = append(list, lower)
	}
	return nil
}

// TypeByExtension returns the media type of files with the extension ext, such as ".html", or nothing.  Upper and lower
// case matter only if both are known.  Types of text say that they are UTF-8, if they say nothing else.
//
// A few extensions are built in; others come from the first of /usr/local/share/mime/globs2 and /usr/share/mime/globs2
// that there is, or from mime.types in /etc, /etc/apache2, /etc/apache and /etc/httpd/conf.
func TypeByExtension(ext string) string {
	types.once.Do(load)
	types.mu.RLock()
	defer types.mu.RUnlock()
	if typ, ok := types.exact[ext]; ok {
		return typ
	}
	return types.lower[strings.ToLower(ext)]
}

// ExtensionsByType returns the extensions, such as ".html", that are known for a media type.
func ExtensionsByType(typ string) ([]string, error) {
	plain, _, err := ParseMediaType(typ)
	if err != nil {
		return nil, err
	}
	types.once.Do(load)
	types.mu.RLock()
	defer types.mu.RUnlock()
	list := slices.Clone(types.extensions[plain])
	slices.Sort(list)
	return list, nil
}

// AddExtensionType makes typ the media type of the extension ext, which is to begin with a dot.
func AddExtensionType(ext, typ string) error {
	if !strings.HasPrefix(ext, ".") {
		return fmt.Errorf("mime: extension %q missing leading dot", ext)
	}
	types.once.Do(load)
	types.mu.Lock()
	defer types.mu.Unlock()
	return setType(ext, typ)
}
