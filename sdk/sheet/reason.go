package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf16"
)

const (
	saveZH = "请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”后再导入。"
	saveEN = "Open it in Excel or WPS, save it as an Excel workbook (.xlsx), and import that."
)

// saved is a file that a spreadsheet program can turn into one that is read.
func saved(zh, en string) *Error { return refuse(zh+"。"+saveZH, en+". "+saveEN) }

// notATable tells what a file is that is no table, by what stands in it: its name
// says nothing. Of workbooks and texts it says nothing.
func notATable(file []byte) *Error {
	if err := nothing(file); err != nil {
		return err
	}
	starts := func(all ...string) bool {
		for _, s := range all {
			if bytes.HasPrefix(file, []byte(s)) {
				return true
			}
		}
		return false
	}
	switch {
	case starts("\xD0\xCF\x11\xE0\xA1\xB1"):
		return compound(file)
	case starts("\x09\x08", "\x09\x04\x06\x00", "\x09\x02\x06\x00", "\x09\x00\x04\x00"):
		return saved("这是旧版 Excel 文件（.xls）", "This is a file of an old Excel (.xls)")
	case starts("Rar!", "7z\xBC\xAF", "\x1F\x8B", "BZh", "\xFD7zXZ"):
		return refuse("这是压缩包，不是表格。请先解压，再导入里面的文件。", "This is an archive, not a table. Unpack it and import the file inside.")
	case starts("PK\x05\x06"):
		return emptyZip()
	case starts("PK\x07\x08"):
		return refuse("这是分卷压缩包的一卷，不是表格。请把各卷放在一起解压，再导入里面的文件。", "This is a part of a split archive, not a table. Unpack it together with the other parts and import the file inside.")
	case len(file) > 262 && string(file[257:262]) == "ustar":
		return refuse("这是 tar 归档文件，不是表格。请先解开，再导入里面的文件。", "This is a tar archive, not a table. Unpack it and import the file inside.")
	case starts("MZ\x90\x00", "\x7fELF"):
		return refuse("这是程序，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a program, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case starts("%PDF"):
		return refuse("这是 PDF 文件，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a PDF, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case starts("\x89PNG", "\xFF\xD8\xFF", "GIF8", "BM\x36", "II*\x00", "MM\x00*"):
		return refuse("这是图片，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a picture, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case starts("SQLite format 3\x00"):
		return refuse("这是数据库文件，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a database, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case starts("{\\rtf"):
		return refuse("这是 RTF 文档，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is an RTF document, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case starts("ID;P"):
		return saved("这是 SYLK 文件，不是 CSV", "This is a SYLK file, not a CSV")
	}
	return markup(file)
}

// nothing tells of a file without any content: of no bytes, of zeros, of blanks or the
// mark of an encoding alone.
func nothing(file []byte) *Error {
	if len(file) == 0 {
		return refuse("文件是空的，没有内容。请重新导出。", "The file is empty. Export it again.")
	}
	if len(bytes.Trim(file, "\x00")) == 0 {
		return refuse("文件里全是零字节，没有内容（多半是复制或下载中断）。请重新导出或下载。", "The file is nothing but zero bytes; a copy or a download may have broken off. Export or download it again.")
	}
	rest := file
	for _, mark := range []string{"\xEF\xBB\xBF", "\xFF\xFE\x00\x00", "\xFF\xFE", "\xFE\xFF"} {
		if left, marked := bytes.CutPrefix(rest, []byte(mark)); marked {
			rest = left
			break
		}
	}
	blank := func(r rune) bool { return r == 0 || r == ' ' || r == '\t' || r == '\r' || r == '\n' }
	if len(bytes.TrimLeftFunc(rest, blank)) == 0 {
		return refuse("文件里只有空白或编码标记，没有内容。请重新导出。", "The file has nothing in it but blanks, or a mark of its encoding. Export it again.")
	}
	return nil
}

func emptyZip() *Error {
	return refuse("这是压缩包，里面没有文件。请核对后重新导出。", "This is an archive with no file in it. Check it, and export the table again.")
}

// sealed tells of an archive whose files have a password.
func sealed() *Error {
	return refuse("这是加了密码的压缩包。请先解压，再导入里面的表格。", "This is an archive with a password. Unpack it and import the table inside.")
}

// Web pages and XML that programs give the name of a spreadsheet. Encodings of
// two bytes a character keep these words apart with zeros, which are left out.
var (
	page      = regexp.MustCompile(`(?i)^(?:<!--.*?-->|<\?xml[^>]*\?>|<!doctype[^>]*>|<meta[^>]*>|<style.*?</style>|\s)*<(?:html|head|body|table|thead|tbody|tr|div|meta|style)\b`)
	isPage    = regexp.MustCompile(`(?i)^\s*<!doctype\s+html`)
	excel2003 = regexp.MustCompile(`(?i)progid="?Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet|<(?:ss:)?workbook\b`)
	word2003  = regexp.MustCompile(`(?i)progid="?Word\.Document`)
	mhtml     = regexp.MustCompile(`(?i)^\s*(?:mime-version|from|content-type)\s*:.*`)
	multipart = regexp.MustCompile(`(?i)content-type:\s*(?:multipart/|text/html)`)
	xmlFile   = regexp.MustCompile(`^\s*<\?xml|^\s*<[A-Za-z][\w:.-]*[\s>/]`)
	jsonFile  = regexp.MustCompile(`^\s*(?:\{\s*"|\[\s*[\{\[])`)
)

func markup(file []byte) *Error {
	head := bytes.ReplaceAll(file[:min(len(file), 16<<10)], []byte{0}, nil)
	head = bytes.TrimLeft(head, "\xEF\xBB\xBF\xFE\xFF")
	head = bytes.ReplaceAll(bytes.ReplaceAll(head, []byte("\n"), []byte(" ")), []byte("\r"), []byte(" "))
	switch {
	case multipart.Match(head) && mhtml.Match(head):
		return saved("这是存成一个文件的网页（MHTML），只是起了表格的名字", "This is a web page saved as one file (MHTML) that bears the name of a spreadsheet")
	case xmlFile.Match(head) && excel2003.Match(head) && !bytes.Contains(bytes.ToLower(head), []byte("<html")):
		return saved("这是 Excel 2003 的 XML 表格，只是起了 .xls 的名字", "This is an XML spreadsheet of Excel 2003 that bears the name .xls")
	case word2003.Match(head):
		return refuse("这是 Word 文档，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a Word document, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case page.Match(head), isPage.Match(head):
		return saved("这是网页，只是起了 .xls 之类的名字", "This is a web page named .xls or the like")
	case xmlFile.Match(head):
		return refuse("这是 XML 文件，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is an XML file, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case jsonFile.Match(head):
		return refuse("这是 JSON 数据，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is JSON, not a table. Export Excel (.xlsx) or CSV from the source system.")
	}
	return nil
}

// compound tells what a file of Microsoft's compound format is: old Excel files
// are kept in it, and new ones that have a password.
func compound(file []byte) *Error {
	has := func(stream string) bool { return bytes.Contains(file, wide(stream)) }
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"), has("\tDRMContent"):
		return refuse("这个 Excel 文件有密码（已加密）。请在 Excel 里打开，去掉“用密码进行加密”，另存为 .xlsx 后再导入。",
			"This Excel file has a password (it is encrypted). Open it in Excel, take the password away, save it as .xlsx, and import that.")
	case has("Workbook"), has("Book"):
		return saved("这是旧版 Excel 文件（.xls）", "This is a file of an old Excel (.xls)")
	case has("WordDocument"):
		return refuse("这是 Word 文档，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a Word document, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case has("PowerPoint Document"):
		return refuse("这是演示文稿，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "These are slides, not a table. Export Excel (.xlsx) or CSV from the source system.")
	}
	return saved("这是旧版 Office 的文件，看不出是不是表格", "This is a file of an old Office, perhaps an Excel file (.xls)")
}

// wide is a text as compound files name their parts.
func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// otherZip tells what a zip is that is no workbook.
func otherZip(z *zip.Reader) *Error {
	names := map[string]bool{}
	var tables, files []string
	for _, f := range z.File {
		if !f.FileInfo().IsDir() {
			files = append(files, path.Base(f.Name))
		}
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		names[name] = true
		switch path.Ext(name) {
		case ".csv", ".xlsx", ".xls", ".txt", ".et":
			tables = append(tables, path.Base(f.Name))
		}
	}
	within := func(folder string) bool {
		for n := range names {
			if strings.HasPrefix(n, folder) {
				return true
			}
		}
		return false
	}
	switch {
	case names["xl/workbook.bin"]:
		return saved("这是二进制的 Excel 文件（.xlsb）", "This is a binary Excel file (.xlsb)")
	case names["word/document.xml"]:
		return refuse("这是 Word 文档，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "This is a Word document, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case within("ppt/"):
		return refuse("这是演示文稿，不是表格。请从来源系统导出 Excel（.xlsx）或 CSV。", "These are slides, not a table. Export Excel (.xlsx) or CSV from the source system.")
	case names["content.xml"] && names["mimetype"]:
		return saved("这是 OpenDocument 文件（.ods）", "This is an OpenDocument file (.ods)")
	case within("index/") && within("metadata/"):
		return saved("这是 Apple Numbers 的文件", "This is a file of Apple Numbers")
	case len(tables) > 0:
		return refuse(fmt.Sprintf("这是压缩包，里面有“%s”。请先解压，再导入里面的文件。", tables[0]), fmt.Sprintf("This is a zip archive with “%s” in it. Unpack it and import the file inside.", tables[0]))
	}
	if len(files) == 0 {
		return emptyZip()
	}
	return refuse(fmt.Sprintf("这是压缩包，里面有“%s”等 %d 个文件，没有表格。请核对后重新导出。", files[0], len(files)), fmt.Sprintf("This is a zip archive with %d files in it, such as “%s”, and no table. Check it, and export the table again.", len(files), files[0]))
}

// broken is a zip, of whatever, that cannot be opened.
func broken(err error) *Error {
	return &Error{ZH: "文件不完整或已损坏（是 Excel 工作簿或 zip 压缩包，例如没有下载完）。请重新导出或下载；在 Excel 里能打开的，打开后另存为 .xlsx 再导入。",
		EN: "The file is incomplete or damaged (an Excel workbook or a zip archive, perhaps not downloaded to its end). Export or download it again; if Excel opens it, save it as .xlsx and import that.", Err: err}
}

// damaged says that a workbook breaks off or is broken.
func damaged(err error) *Error {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e
	}
	return &Error{ZH: "Excel 文件打不开：文件不完整或已损坏（例如没有下载完）。请重新导出或下载；在 Excel 里能打开的，打开后另存为 .xlsx 再导入。",
		EN: "The Excel file cannot be opened: it is incomplete or damaged (perhaps not downloaded to its end). Export or download it again; if Excel opens it, save it as .xlsx and import that.", Err: err}
}

// tooBig says that a workbook unpacks to more than it may.
func tooBig() *Error {
	return refuse("Excel 文件解开后过大。请分成几份导入。", "The Excel file is too big once unpacked. Import it in parts.")
}
