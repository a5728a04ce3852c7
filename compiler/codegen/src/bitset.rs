//! Sets of small integers, for data flow over values and blocks.

/// A fixed-size set.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct BitSet {
    words: Vec<u64>,
}

impl BitSet {
    pub fn new(len: usize) -> BitSet {
        BitSet { words: vec![0; len.div_ceil(64)] }
    }
    pub fn insert(&mut self, i: u32) {
        self.words[i as usize / 64] |= 1 << (i % 64);
    }
    pub fn contains(&self, i: u32) -> bool {
        self.words[i as usize / 64] >> (i % 64) & 1 == 1
    }
}

/// The same for few numbers of many: the words that are not zero, sorted. What lives in a block of a huge function is
/// little of all there is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SparseSet {
    words: Vec<(u32, u64)>,
}

impl SparseSet {
    fn find(&self, n: u32) -> Result<usize, usize> {
        // New numbers are mostly the highest.
        match self.words.last() {
            Some(&(w, _)) if w < n / 64 => Err(self.words.len()),
            _ => self.words.binary_search_by_key(&(n / 64), |w| w.0),
        }
    }
    pub fn contains(&self, n: u32) -> bool {
        self.find(n).is_ok_and(|at| self.words[at].1 >> (n % 64) & 1 != 0)
    }
    pub fn insert(&mut self, n: u32) {
        match self.find(n) {
            Ok(at) => self.words[at].1 |= 1 << (n % 64),
            Err(at) => self.words.insert(at, (n / 64, 1 << (n % 64))),
        }
    }
    pub fn remove(&mut self, n: u32) {
        if let Ok(at) = self.find(n) {
            self.words[at].1 &= !(1 << (n % 64));
            if self.words[at].1 == 0 {
                self.words.remove(at);
            }
        }
    }
    /// Whether there was something new.
    pub fn union(&mut self, other: &SparseSet) -> bool {
        let is_inside = |&(w, bits): &(u32, u64)| self.words.binary_search_by_key(&w, |x| x.0).is_ok_and(|at| bits & !self.words[at].1 == 0);
        if other.words.iter().all(is_inside) {
            return false;
        }
        let mut out = Vec::with_capacity(self.words.len() + other.words.len());
        let (mut a, mut b) = (self.words.iter().copied().peekable(), other.words.iter().copied().peekable());
        loop {
            out.push(match (a.peek().copied(), b.peek().copied()) {
                (Some(x), Some(y)) if x.0 == y.0 => {
                    a.next();
                    b.next();
                    (x.0, x.1 | y.1)
                }
                (Some(x), Some(y)) if x.0 < y.0 => {
                    a.next();
                    x
                }
                (Some(x), None) => {
                    a.next();
                    x
                }
                (_, Some(y)) => {
                    b.next();
                    y
                }
                (None, None) => break,
            });
        }
        self.words = out;
        true
    }
    pub fn intersect(&mut self, other: &SparseSet) {
        let mut at = 0;
        self.words.retain_mut(|(w, bits)| {
            while other.words.get(at).is_some_and(|o| o.0 < *w) {
                at += 1;
            }
            *bits &= other.words.get(at).filter(|o| o.0 == *w).map_or(0, |o| o.1);
            *bits != 0
        });
    }
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().flat_map(|&(w, bits)| (0..64).filter(move |b| bits >> b & 1 != 0).map(move |b| w * 64 + b))
    }
}
