//! Calls: arguments against parameters, generic calls, instantiated function values.

use super::Checker;
use super::expr::Target;
use super::infer::Failure;
use super::operand::Operand;
use crate::{Instance, Mode, Param, Signature, Type, TypeId};
use source::Pos;
use std::sync::Arc;
use syntax::ast::{Expr, ExprId, List};

impl<'a> Checker<'a> {
    pub fn call(&mut self, x: &mut Operand, e: ExprId) {
        let ast = self.ast();
        let Expr::Call { func, args, spread, rparen } = ast[e] else { return };
        // Explicit type arguments of a generic function may be incomplete.
        let mut explicit: Option<(ExprId, List<ExprId>)> = None;
        let inner = ast.unparen(func);
        if let Expr::Index { args: targs, .. } = ast[inner] {
            *x = Operand::new(inner);
            stacker::maybe_grow(super::STACK_RESERVE, super::STACK_SEGMENT, || {
                if self.index_expr(x, inner) {
                    explicit = Some((inner, targs));
                }
            });
            x.expr = func;
            if !x.is_invalid() {
                self.record(inner, x.mode, x.ty, x.val.as_ref());
                if inner != func {
                    self.record(func, x.mode, x.ty, x.val.as_ref());
                }
            }
        } else {
            self.expr_or_type(x, func, true);
        }
        match x.mode {
            Mode::Invalid => {
                self.use_list(args);
                x.expr = e;
                return;
            }
            Mode::Type => {
                let t = x.ty;
                x.mode = Mode::Invalid;
                if self.cx.is_generic(t) {
                    self.error(func, format!("cannot use generic type {} without instantiation", self.expr_string(func)));
                    self.use_list(args);
                    return;
                }
                match args.len() {
                    0 => {
                        let pos = self.pos_at(rparen);
                        self.error_at(pos, format!("missing argument in conversion to {}", self.ts(t)));
                    }
                    1 => {
                        let arg = ast.nth(args, 0);
                        if spread {
                            self.error(arg, format!("invalid use of ... in conversion to {}", self.ts(t)));
                        }
                        let target = self.core_is_func(t).then(|| Target { ty: t, what: "conversion".into() });
                        if !self.cx.is_type_param(t)
                            && let Type::Interface(_) = self.cx.under(t)
                            && !self.cx.type_set_of(t).is_method_set()
                        {
                            self.error(
                                e,
                                format!("cannot use interface {} in conversion (contains specific type constraints or is comparable)", self.ts(t)),
                            );
                            self.use_list(args);
                            return;
                        }
                        self.raw_expr(x, arg, target.as_ref());
                        self.exclude_value(x);
                        if !x.is_invalid() {
                            self.conversion(x, t);
                        }
                    }
                    n => {
                        self.use_list(args);
                        self.error(ast.nth(args, n - 1), format!("too many arguments in conversion to {}", self.ts(t)));
                    }
                }
                x.expr = e;
                return;
            }
            Mode::Builtin => {
                let Some(b) = x.builtin else { return x.invalidate() };
                self.record(func, Mode::Builtin, TypeId::INVALID, None);
                x.mode = Mode::Invalid;
                x.builtin = None;
                self.builtin(x, e, b);
                if !x.is_invalid() && x.mode != Mode::Constant {
                    self.env.has_call_or_recv = true;
                }
                x.expr = e;
                return;
            }
            _ => {}
        }
        let core = if x.is_nil() { None } else { self.core_type(x.ty) };
        let sig = match core.map(|c| self.cx.ty(c)) {
            Some(Type::Func(sig)) => sig,
            _ => {
                let why = if self.cx.is_type_param(x.ty) && core.is_none() {
                    let bad = self.under_list(x.ty).into_iter().find(|&u| !matches!(self.cx.ty(u), Type::Func(_)));
                    match bad {
                        Some(u) => format!("{} is not a function", self.ts(u)),
                        None => self.no_core_type(x.ty, "no specific type"),
                    }
                } else {
                    format!("{} is not a function", self.ts(core.filter(|_| self.cx.is_type_param(x.ty)).unwrap_or(x.ty)))
                };
                let text = if x.is_nil() {
                    "invalid operation: cannot call nil".to_string()
                } else {
                    format!("invalid operation: cannot call {}: {why}", self.describe(x))
                };
                let text = if x.is_nil() { "invalid use of nil in call".replace("invalid use of nil in call", &text) } else { text };
                self.error(func, text);
                self.use_list(args);
                x.expr = e;
                return x.invalidate();
            }
        };
        // Explicit type arguments.
        let mut targs: Vec<TypeId> = Vec::new();
        let mut targ_exprs: Vec<ExprId> = Vec::new();
        if let Some((_, list)) = explicit {
            targ_exprs = ast.list(list).collect();
            targs = targ_exprs.iter().map(|&a| self.typ_arg(a)).collect();
            if targs.iter().any(|&t| !self.cx.is_valid(t)) {
                self.use_list(args);
                x.expr = e;
                return x.invalidate();
            }
            if targs.len() > sig.tparams.len() {
                self.error(targ_exprs[sig.tparams.len()], format!("got {} type arguments but want {}", targs.len(), sig.tparams.len()));
                self.use_list(args);
                x.expr = e;
                return x.invalidate();
            }
        }
        let operands = self.generic_args(args);
        let result = self.arguments(e, func, &sig, &targs, &targ_exprs, operands, spread);
        let Some(sig) = result else {
            x.expr = e;
            // The result type is still known unless it depends on what could not be inferred.
            if sig.tparams.is_empty() {
                self.call_result(x, &sig);
            } else {
                x.invalidate();
            }
            self.env.has_call_or_recv = true;
            return;
        };
        self.call_result(x, &sig);
        x.expr = e;
        self.env.has_call_or_recv = true;
    }

    fn exclude_value(&mut self, x: &mut Operand) {
        let text = match x.mode {
            Mode::NoValue => format!("{} used as value", self.describe(x)),
            Mode::Builtin => format!("{} must be called", self.describe(x)),
            Mode::Type => format!("{} is not an expression", self.describe(x)),
            _ => return self.single_value(x),
        };
        self.error(x.expr, text);
        x.invalidate();
    }

    fn call_result(&mut self, x: &mut Operand, sig: &Signature) {
        match &sig.results[..] {
            [] => x.mode = Mode::NoValue,
            [one] => {
                if self.cx.is_valid(one.ty) {
                    x.set_value(one.ty);
                } else {
                    x.invalidate();
                }
            }
            many => {
                let t = self.cx.mk(Type::Tuple(many.into()));
                x.set_value(t);
            }
        }
        x.val = None;
        x.builtin = None;
    }

    pub fn use_list(&mut self, list: List<ExprId>) {
        for e in self.ast().list(list) {
            let mut x = Operand::new(e);
            self.raw_expr_generic(&mut x, e, None, true);
        }
    }

    /// Arguments, one call with several results spread out. Generic functions are left generic.
    fn generic_args(&mut self, args: List<ExprId>) -> Vec<Operand> {
        let list: Vec<ExprId> = self.ast().list(args).collect();
        self.arg_operands(&list, true)
    }

    pub fn arg_operands(&mut self, list: &[ExprId], allow_generic: bool) -> Vec<Operand> {
        if let [only] = list {
            let mut x = Operand::new(*only);
            let inner = self.ast().unparen(*only);
            if allow_generic && self.allows(21) && matches!(self.ast()[inner], Expr::Index { .. }) {
                self.partial_ok = Some((self.env.file, inner));
            }
            self.raw_expr_generic(&mut x, *only, None, allow_generic);
            self.partial_ok = None;
            self.exclude_multi(&mut x);
            if !x.is_invalid()
                && let Type::Tuple(params) = self.cx.ty(x.ty)
            {
                return params.iter().map(|p| Operand::value(*only, p.ty)).collect();
            }
            return vec![x];
        }
        list.iter()
            .map(|&e| {
                let mut x = Operand::new(e);
                if allow_generic {
                    self.generic_expr(&mut x, e);
                } else {
                    self.expr(&mut x, e);
                }
                x
            })
            .collect()
    }

    pub fn exclude_multi(&mut self, x: &mut Operand) {
        let text = match x.mode {
            Mode::NoValue => format!("{} used as value", self.describe(x)),
            Mode::Builtin => format!("{} must be called", self.describe(x)),
            Mode::Type => format!("{} is not an expression", self.describe(x)),
            _ => return,
        };
        self.error(x.expr, text);
        x.invalidate();
    }

    /// Checks the arguments of a call; gives the signature with all type parameters replaced.
    #[allow(clippy::too_many_arguments)]
    fn arguments(
        &mut self,
        call: ExprId,
        func: ExprId,
        sig: &Arc<Signature>,
        targs: &[TypeId],
        targ_exprs: &[ExprId],
        mut args: Vec<Operand>,
        spread: bool,
    ) -> Option<Arc<Signature>> {
        let n_args = args.len();
        let mut params: Vec<Param> = sig.params.to_vec();
        let mut variadic_call = false;
        if sig.variadic {
            if spread {
                // f(a, b...): the last argument is the slice itself.
                if n_args == 1 && self.is_multi_call(&args) {
                    self.error(args[0].expr, format!("cannot use ... with multi-valued expression {}", self.expr_string(args[0].expr)));
                    return None;
                }
                if self.came_from_one_call(call, n_args) {
                    self.error(args[0].expr, format!("cannot use ... with multi-valued expression {}", self.expr_string(args[0].expr)));
                    return None;
                }
            } else {
                variadic_call = true;
                // f(a, b, c): as many parameters as arguments.
                if n_args + 1 >= params.len()
                    && let Some(last) = params.pop()
                {
                    let elem = match self.cx.ty(last.ty) {
                        Type::Slice(elem) => elem,
                        _ => TypeId::BYTE,
                    };
                    while params.len() < n_args {
                        params.push(Param { name: last.name, ty: elem });
                    }
                }
            }
        } else if spread {
            self.error(call, format!("cannot use ... in call to non-variadic {}", self.expr_string(func)));
            return None;
        }
        if n_args != params.len() {
            let (pos, what) = if n_args > params.len() {
                (self.start(args[params.len()].expr), "too many")
            } else {
                // gc points at the last argument.
                (args.last().map_or(self.start(call), |a| self.start(a.expr)), "not enough")
            };
            let have = self.operands_summary(&args, spread);
            let want = self.params_summary(&sig.params, sig.variadic);
            self.error_at(pos, format!("{what} arguments in call to {}\n\thave {have}\n\twant {want}", self.expr_string(func)));
            return None;
        }
        let _ = variadic_call;
        let mut result = sig.clone();
        let mut map: Vec<(TypeId, TypeId)> = Vec::new();
        // Generic functions among the arguments bring their own type parameters.
        let generic_args: Vec<(usize, Arc<Signature>)> = args
            .iter()
            .enumerate()
            .filter(|(_, a)| !a.is_invalid() && a.mode != Mode::Nil)
            .filter_map(|(i, a)| match self.cx.ty(self.cx.unalias(a.ty)) {
                Type::Func(s) if !s.tparams.is_empty() => Some((i, s)),
                _ => None,
            })
            .collect();
        if let Some((i, _)) = generic_args.first()
            && !self.allows(21)
        {
            let e = args[*i].expr;
            let what = if matches!(self.ast()[self.ast().unparen(e)], Expr::Index { .. }) { "partially" } else { "implicitly" };
            if args.iter().any(Operand::is_invalid) {
                return None;
            }
            self.require_version(self.start(e), 21, &format!("{what} instantiated function as argument"));
            return None;
        }
        if !sig.tparams.is_empty() || !generic_args.is_empty() {
            // Fresh parameters, so that a recursive call does not confuse its own with the caller's.
            let (own, own_map) = self.rename_type_params(&sig.tparams);
            for p in params.iter_mut() {
                p.ty = self.cx.subst(p.ty, &own_map);
            }
            let mut all: Vec<TypeId> = own.clone();
            let mut ranges = Vec::new();
            for (i, s) in &generic_args {
                let (fresh, fresh_map) = self.rename_type_params(&s.tparams);
                let renamed = self.cx.subst_signature(s, &fresh_map);
                let t = self.cx.mk(Type::Func(Arc::new(Signature { tparams: Arc::from([]), ..(*renamed).clone() })));
                ranges.push((*i, all.len(), fresh.len(), args[*i].ty));
                all.extend(fresh);
                args[*i].ty = t;
            }
            if args.iter().any(Operand::is_invalid) && targs.len() < all.len() {
                return None;
            }
            if !sig.tparams.is_empty() {
                self.require_version(self.start(func), 18, "implicit function instantiation");
            }
            let pos = self.expr_pos(call);
            let inferred = match self.infer(&all, targs, &params, &args) {
                Ok(types) => types,
                Err(f) => {
                    // What a generic argument could not be told is its own error.
                    self.report_inference(f, pos, Some(func), &args, &all, own.len());
                    return None;
                }
            };
            let own_args: Vec<TypeId> = inferred[..own.len()].to_vec();
            map = sig.tparams.iter().copied().zip(own_args.iter().copied()).collect();
            let fresh: Vec<(TypeId, TypeId)> = all.iter().copied().zip(inferred.iter().copied()).collect();
            for p in params.iter_mut() {
                p.ty = self.cx.subst(p.ty, &fresh);
            }
            for (i, from, n, generic) in ranges {
                let list = inferred[from..from + n].to_vec();
                args[i].ty = self.cx.subst(args[i].ty, &fresh);
                let Type::Func(generic_sig) = self.cx.ty(self.cx.unalias(generic)) else { continue };
                let inner = self.ast().unparen(args[i].expr);
                let (mut full_sig, mut full) = (generic_sig, list);
                if let Some(given) = self.partial_targs.get(&(self.env.file, inner)).cloned()
                    && let Expr::Index { operand, .. } = self.ast()[inner]
                    && let Type::Func(s) = self.cx.ty(self.cx.unalias(self.info[self.env.file].types[operand.index()]))
                {
                    full_sig = s;
                    full = given.into_iter().chain(full).collect();
                }
                self.record_func_instance(args[i].expr, &full_sig, &full, args[i].ty, &[]);
            }
            if !sig.tparams.is_empty() {
                let replaced = self.cx.subst_signature(sig, &map);
                result = Arc::new(Signature { tparams: Arc::from([]), ..(*replaced).clone() });
                let t = self.cx.mk(Type::Func(result.clone()));
                self.call_pos = Some(self.expr_pos(call));
                let ok = self.record_func_instance(func, sig, &own_args, t, targ_exprs);
                self.call_pos = None;
                if !ok {
                    return None;
                }
            }
        }
        let _ = map;
        if args.is_empty() {
            return Some(result);
        }
        let context = format!("argument to {}", self.expr_string(func));
        for (a, p) in args.iter_mut().zip(&params) {
            self.assignment(a, Some(p.ty), &context);
        }
        Some(result)
    }

    fn is_multi_call(&self, _args: &[Operand]) -> bool {
        false
    }
    fn came_from_one_call(&self, call: ExprId, n_args: usize) -> bool {
        matches!(self.ast()[call], Expr::Call { args, .. } if args.len() == 1 && n_args > 1)
    }

    pub fn operands_summary(&self, args: &[Operand], spread: bool) -> String {
        let mut parts: Vec<String> = args
            .iter()
            .map(|a| match a.ty {
                t if !self.cx.is_valid(t) => "unknown type".into(),
                TypeId::UNTYPED_NIL => "nil".into(),
                t if self.cx.is_untyped(t) && self.cx.is_numeric(t) => "number".into(),
                t if self.cx.is_untyped(t) => self.ts(t).replace("untyped ", ""),
                t => self.ts(t),
            })
            .collect();
        if spread && let Some(last) = parts.last_mut() {
            last.push_str("...");
        }
        format!("({})", parts.join(", "))
    }

    pub fn params_summary(&self, params: &[Param], variadic: bool) -> String {
        let n = params.len();
        let parts: Vec<String> = params
            .iter()
            .enumerate()
            .map(|(i, p)| match self.cx.ty(p.ty) {
                Type::Slice(elem) if variadic && i + 1 == n => format!("...{}", self.ts(elem)),
                _ if !self.cx.is_valid(p.ty) => "unknown type".into(),
                _ => self.ts(p.ty),
            })
            .collect();
        format!("({})", parts.join(", "))
    }

    /// New type parameters with the same names and constraints.
    pub fn rename_type_params(&mut self, tparams: &[TypeId]) -> (Vec<TypeId>, Vec<(TypeId, TypeId)>) {
        let fresh: Vec<TypeId> = tparams
            .iter()
            .enumerate()
            .map(|(i, &t)| {
                let obj = self.cx.type_name_obj(t).expect("a type parameter has an object");
                self.cx.new_type_param(obj, i as u32, TypeId::EMPTY_INTERFACE)
            })
            .collect();
        let map: Vec<_> = tparams.iter().copied().zip(fresh.iter().copied()).collect();
        for (&old, &new) in tparams.iter().zip(&fresh) {
            if let Some(p) = self.cx.as_type_param(old) {
                let bound = self.cx.subst(p.constraint, &map);
                self.cx.set_constraint(new, bound);
            }
        }
        (fresh, map)
    }

    /// Notes an instance of a generic function and checks its constraints.
    pub fn record_func_instance(&mut self, func: ExprId, generic: &Signature, targs: &[TypeId], ty: TypeId, targ_exprs: &[ExprId]) -> bool {
        if let Some(id) = self.naming_ident(func) {
            self.info[self.env.file].instances.insert(id, Instance { targs: targs.into(), ty });
        }
        // The name itself now has the instantiated type.
        let mut e = func;
        loop {
            let info = &mut self.info[self.env.file];
            info.types[e.index()] = ty;
            info.modes[e.index()] = Mode::Value;
            e = match self.ast()[e] {
                Expr::Paren(inner) => inner,
                Expr::Index { operand, .. } => operand,
                _ => break,
            };
        }
        let positions: Vec<Pos> = targ_exprs.iter().map(|&e| self.start(e)).collect();
        let at = self.start(func);
        let at = match self.ast()[self.ast().unparen(func)] {
            Expr::Selector { name, .. } => {
                let _ = name;
                at
            }
            _ => at,
        };
        self.record_instance(at, &generic.tparams, targs, &positions);
        let tparams = generic.tparams.clone();
        match self.verify(&tparams, targs) {
            Ok(()) => true,
            Err((i, cause)) => {
                let pos = positions.get(i).copied().or(self.call_pos).unwrap_or(at);
                self.error_at(pos, cause);
                false
            }
        }
    }

    /// `f[T]` as a value: the rest of the type arguments comes from the target, or is missing.
    pub fn func_inst(&mut self, x: &mut Operand, e: ExprId, target: Option<&Target>, report: bool) {
        let ast = self.ast();
        let Expr::Index { operand, args } = ast[e] else { return };
        let exprs: Vec<ExprId> = ast.list(args).collect();
        let targs: Vec<TypeId> = exprs.iter().map(|&a| self.typ_arg(a)).collect();
        let Type::Func(sig) = self.cx.ty(self.cx.unalias(x.ty)) else { return };
        if targs.iter().any(|&t| !self.cx.is_valid(t)) {
            return x.invalidate();
        }
        if targs.len() > sig.tparams.len() {
            self.error(
                exprs[sig.tparams.len()],
                format!("got {} type arguments but {} has {} type parameters", targs.len(), self.expr_string(operand), sig.tparams.len()),
            );
            return x.invalidate();
        }
        // What the constraints alone tell is not left to the call: they are about the arguments given, too.
        let mut known_alone = false;
        if targs.len() < sig.tparams.len() && self.partial_ok == Some((self.env.file, e)) {
            let (fresh, _) = self.rename_type_params(&sig.tparams);
            known_alone = self.infer(&fresh, &targs, &[], &[]).is_ok();
        }
        if targs.len() < sig.tparams.len() && !known_alone && self.partial_ok == Some((self.env.file, e)) {
            // The call that this is an argument of infers the rest.
            let map: Vec<_> = sig.tparams.iter().copied().zip(targs.iter().copied()).collect();
            let (rest, rest_map) = self.rename_type_params(&sig.tparams[targs.len()..]);
            let all: Vec<_> = map.iter().chain(&rest_map).copied().collect();
            for (&old, &new) in sig.tparams[targs.len()..].iter().zip(&rest) {
                if let Some(p) = self.cx.as_type_param(old) {
                    let bound = self.cx.subst(p.constraint, &all);
                    self.cx.set_constraint(new, bound);
                }
            }
            let replaced = self.cx.subst_signature(&sig, &all);
            x.ty = self.cx.mk(Type::Func(Arc::new(Signature { tparams: rest.into(), ..(*replaced).clone() })));
            self.partial_targs.insert((self.env.file, e), targs);
            return;
        }
        self.instantiate_value(x, e, &sig, &targs, &exprs, target, report);
    }

    fn instantiate_value(
        &mut self,
        x: &mut Operand,
        e: ExprId,
        sig: &Arc<Signature>,
        targs: &[TypeId],
        exprs: &[ExprId],
        target: Option<&Target>,
        _report: bool,
    ) {
        let mut all = targs.to_vec();
        if !targs.is_empty() && targs.len() < sig.tparams.len() && target.is_some() && !self.allows(21) {
            self.require_version(self.expr_pos(e), 21, "partially instantiated function in assignment");
            return x.invalidate();
        }
        if targs.len() < sig.tparams.len() {
            let (fresh, map) = self.rename_type_params(&sig.tparams);
            let renamed = self.cx.subst_signature(sig, &map);
            let own = self.cx.mk(Type::Func(Arc::new(Signature { tparams: Arc::from([]), ..(*renamed).clone() })));
            let (params, args) = match target {
                Some(t) => (vec![Param { name: source::Symbol::EMPTY, ty: t.ty }], vec![Operand::value(e, own)]),
                None => (Vec::new(), Vec::new()),
            };
            let at = match self.ast()[e] {
                Expr::Index { .. } => self.expr_pos(e),
                _ => self.start(e),
            };
            match self.infer(&fresh, targs, &params, &args) {
                Ok(types) => all = types,
                Err(f) => {
                    self.report_reverse_inference(f, at, e, target, sig, &args, &fresh);
                    return x.invalidate();
                }
            }
        }
        let map: Vec<_> = sig.tparams.iter().copied().zip(all.iter().copied()).collect();
        let replaced = self.cx.subst_signature(sig, &map);
        let t = self.cx.mk(Type::Func(Arc::new(Signature { tparams: Arc::from([]), ..(*replaced).clone() })));
        if !self.record_func_instance(e, sig, &all, t, exprs) {
            return x.invalidate();
        }
        x.set_value(t);
    }

    /// A generic function where a function type is wanted.
    pub fn instantiate_for_target(&mut self, x: &mut Operand, target: &Target) {
        let Type::Func(sig) = self.cx.ty(self.cx.unalias(x.ty)) else { return };
        if !self.allows(18) {
            self.require_version(self.start(x.expr), 18, "function instantiation");
        } else {
            self.require_version(self.start(x.expr), 21, "implicitly instantiated function in assignment");
        }
        let e = x.expr;
        self.instantiate_value(x, e, &sig, &[], &[], Some(target), true);
    }

    fn report_reverse_inference(
        &mut self,
        f: Failure,
        at: Pos,
        e: ExprId,
        target: Option<&Target>,
        sig: &Arc<Signature>,
        args: &[Operand],
        fresh: &[TypeId],
    ) {
        let _ = args;
        let text = match (f, target) {
            (Failure::Mismatch { inferred, .. }, Some(t)) => {
                let plain = self.cx.mk(Type::Func(Arc::new(Signature { tparams: Arc::from([]), ..(**sig).clone() })));
                match inferred {
                    Some(i) => format!("inferred type {} for {} does not match type {} of {}", self.ts(i), self.ts(plain), self.ts(t.ty), t.what),
                    None => format!(
                        "type {} of {} does not match {} (cannot infer {})",
                        self.ts(plain),
                        self.expr_string(e),
                        self.ts(t.ty),
                        self.names(&sig.tparams)
                    ),
                }
            }
            (Failure::CannotInfer(i), _) => {
                if target.is_none() && !matches!(self.ast()[e], Expr::Index { .. }) {
                    format!("cannot use generic function {} without instantiation", self.expr_string(e))
                } else {
                    let name = self.ast_base_name(e);
                    format!("in call to {name}, cannot infer {}", self.names(&fresh[i..=i]))
                }
            }
            (Failure::Text(text), _) => text,
            _ => format!("cannot use generic function {} without instantiation", self.expr_string(e)),
        };
        if text.contains("cannot infer ")
            && text.starts_with("in call to")
            && let Some(p) = fresh.iter().find(|&&p| text.ends_with(&format!("cannot infer {}", self.ts(p))))
        {
            let declared = self.cx.type_name_obj(*p).map_or(Pos::NONE, |o| self.cx.obj_pos(o));
            return self.error_declared(at, text, declared);
        }
        self.error_at(at, text);
    }

    fn ast_base_name(&self, e: ExprId) -> String {
        match self.ast()[e] {
            Expr::Index { operand, .. } => self.expr_string(operand),
            _ => self.expr_string(e),
        }
    }

    pub fn names(&self, tparams: &[TypeId]) -> String {
        let names: Vec<String> = tparams.iter().map(|&t| self.ts(t)).collect();
        match names.len() {
            0 | 1 => names.concat(),
            2 => names.join(" and "),
            n => format!("{}, and {}", names[..n - 1].join(", "), names[n - 1]),
        }
    }

    /// A message that ends with the place of a declaration in parentheses.
    fn error_declared(&mut self, pos: Pos, text: String, declared: Pos) {
        if declared.is_none() {
            return self.error_at(pos, text);
        }
        self.error_related(pos, format!("{text} (declared at "), declared, ")");
    }

    /// The type of a generic function among the arguments, before its parameters were renamed.
    fn generic_type_of(&self, a: &Operand) -> TypeId {
        let t = self.info[self.env.file].types[a.expr.index()];
        if t.is_some() { t } else { a.ty }
    }

    fn report_inference(&mut self, f: Failure, pos: Pos, func: Option<ExprId>, args: &[Operand], all: &[TypeId], n_own: usize) {
        let prefix = func.map_or(String::new(), |f| format!("in call to {}, ", self.expr_string(f)));
        let own = &all[..n_own];
        match f {
            Failure::Mismatch { arg, param, inferred } => {
                let a = &args[arg];
                let e = self.expr_string(a.expr);
                let text = match inferred {
                    Some(_) if own.is_empty() => {
                        format!("{prefix}type {} of {e} does not match {}", self.ts(self.generic_type_of(a)), self.ts(param))
                    }
                    None if own.is_empty() => format!(
                        "{prefix}type {} of {e} does not match {} (cannot infer {})",
                        self.ts(self.generic_type_of(a)),
                        self.ts(param),
                        self.names(all)
                    ),
                    Some(t) => format!("{prefix}type {} of {e} does not match inferred type {} for {}", self.ts(a.ty), self.ts(t), self.ts(param)),
                    None => format!("{prefix}type {} of {e} does not match {} (cannot infer {})", self.ts(a.ty), self.ts(param), self.names(own)),
                };
                self.error(a.expr, text);
            }
            Failure::Untyped { arg, tparam, a, b } => {
                let text = format!("{prefix}mismatched types {} and {} (cannot infer {})", self.ts(a), self.ts(b), self.ts(tparam));
                self.error(args[arg].expr, text);
            }
            Failure::CannotInfer(i) => {
                let text = format!("{prefix}cannot infer {}", self.names(&all[i..=i]));
                let declared = self.cx.type_name_obj(all[i]).map_or(Pos::NONE, |o| self.cx.obj_pos(o));
                self.error_declared(pos, text, declared);
            }
            Failure::Text(text) => self.error_at(pos, format!("{prefix}{text}")),
            Failure::Silent => {}
        }
    }
}
