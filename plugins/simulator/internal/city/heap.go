package city

// A binary heap on a slice; container/heap would box every element.

func push[T any](heap *[]T, x T, less func(a, b T) bool) {
	*heap = append(*heap, x)
	h := *heap
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if !less(h[i], h[parent]) {
			break
		}
		h[i], h[parent] = h[parent], h[i]
		i = parent
	}
}

// down restores the order after the first element changed.
func down[T any](h []T, less func(a, b T) bool) {
	for i := 0; ; {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if less(h[child], h[first]) {
				first = child
			}
		}
		if first == i {
			return
		}
		h[i], h[first] = h[first], h[i]
		i = first
	}
}

func pop[T any](heap *[]T, less func(a, b T) bool) {
	h := *heap
	last := len(h) - 1
	h[0] = h[last]
	var none T
	h[last] = none
	*heap = h[:last]
	down(*heap, less)
}
