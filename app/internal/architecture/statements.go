package architecture

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
)

// statements calls f with every text in a part of a file that may be SQL. Pieces
// that are added up are one text, in which a word stands for what is no constant.
// What package store puts behind FROM itself has it before it.
func statements(part ast.Node, f func(at token.Pos, text string)) {
	read := func(e ast.Expr, before string) bool {
		whole, others, some := text(e)
		if some {
			f(e.Pos(), before+whole)
			for _, x := range others {
				statements(x, f)
			}
		}
		return some
	}
	ast.Inspect(part, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			n.Tag = nil // words for people
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			return !ok || key.Name != "From" && key.Name != "Counted" || !read(n.Value, "FROM ")
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "Pick" && len(n.Args) > 2 {
				read(n.Args[2], "FROM ")
			}
		case *ast.BasicLit:
			return !read(n, "")
		case *ast.BinaryExpr:
			return !read(n, "")
		}
		return true
	})
}

// text is what an expression of strings comes to, what in it is no constant, and
// whether anything is.
func text(e ast.Expr) (whole string, others []ast.Expr, some bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			whole, err := strconv.Unquote(x.Value)
			return whole, nil, err == nil
		}
	case *ast.ParenExpr:
		return text(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			left, before, a := text(x.X)
			right, after, b := text(x.Y)
			return left + right, append(before, after...), a || b
		}
	}
	return " something ", []ast.Expr{e}, false
}

// A Name is a table that a statement names.
type Name struct {
	Table string
	Verb  string // FROM, JOIN, INTO or UPDATE, or DELETE for DELETE FROM
}

var tokens = regexp.MustCompile(`'(?:[^']|'')*'|\w+|\S`)

// padding is how far Names looks behind the end.
const padding = 4

// Names lists the tables that a statement or a piece of one names, in order. Its
// words stand in capitals, or sentences would be taken for it.
func Names(statement string) (names []Name) {
	all := append(tokens.FindAllString(statement, -1), make([]string, padding)...)
	for i, verb := range all {
		reads := false
		switch verb {
		case "FROM":
			reads = true
			if i > 0 && all[i-1] == "DELETE" {
				verb = all[i-1]
			}
		case "JOIN":
			reads = true
		case "INTO", "UPDATE":
		default:
			continue
		}
		for j := i + 1; ; j++ { // one table, or several with commas between
			switch {
			case all[j] == "(":
				j = behind(all, j)
			case !isName(all[j]):
			case reads && all[j+1] == "(": // a function that makes a table
				j = behind(all, j+1)
			default:
				names = append(names, Name{all[j], verb})
				j++
			}
			if all[j] == "AS" {
				j++
			}
			if isName(all[j]) { // what it is called here
				j++
			}
			if !reads || all[j] != "," {
				break
			}
		}
	}
	return names
}

// behind is the place behind the bracket that closes the one at a place.
func behind(all []string, open int) int {
	depth := 0
	for i := open; i < len(all); i++ {
		switch all[i] {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(all) - padding
}

func isName(word string) bool {
	return word != "" && (word[0] == '_' || 'a' <= word[0]|0x20 && word[0]|0x20 <= 'z')
}
