"""constraint_solver.py: a hierarchy of one-way constraints, kept satisfied while it changes.

The problem: constraints between variables have strengths; each can be satisfied by methods
that compute one variable from the others. When a constraint comes or goes, find which
method of which constraints to use, so that stronger ones are satisfied first, changing as
little as possible; then run those methods in order. The algorithm is DeltaBlue, as described
in B. Freeman-Benson, J. Maloney and A. Borning, 'An Incremental Constraint Solver' (CACM
33(1), 1990): a variable's walkabout strength is that of the weakest constraint that would
have to be given up to change it. The two tests, a long chain of equalities and a set of
scaled and shifted points, are those of the paper's benchmarks. All code is our own.
"""

EXPECTED = {1: 66550894}

REQUIRED, STRONG, PREFERRED, NORMAL, DEFAULT, WEAKEST = range(6)  # the lower the stronger


class Variable:
    def __init__(self, value):
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST  # the walkabout strength
        self.stays = True
        self.mark = 0


class Constraint:
    """A method is the number of the variable that it computes; -1: not satisfied."""

    is_input = False

    def __init__(self, strength, *variables):
        self.strength = strength
        self.variables = variables
        self.method = -1

    @property
    def output(self):
        return self.variables[self.method]

    @property
    def inputs(self):
        return [v for i, v in enumerate(self.variables) if i != self.method]

    def methods(self):
        return range(len(self.variables))

    def choose_method(self, mark):
        """The one that changes the weakest variable that nobody has decided on, and of
        several the last."""
        self.method = -1
        weakest = self.strength + 1
        for method in self.methods():
            variable = self.variables[method]
            if variable.mark != mark and variable.strength >= weakest:
                weakest = variable.strength
                self.method = method

    def inputs_are_known(self, mark):
        return all(v.mark == mark or v.stays or v.determined_by is None
                   for v in self.inputs)

    def recalculate(self):
        """What the output's users may know without running anything."""
        output = self.output
        output.strength = self.strength
        output.stays = not self.is_input
        for method in self.methods():
            if method != self.method:
                output.strength = max(output.strength, self.variables[method].strength)
        for variable in self.inputs:
            output.stays = output.stays and variable.stays
        if output.stays:
            self.execute()

    def execute(self):
        raise NotImplementedError


class Stay(Constraint):
    def execute(self):
        pass


class Edit(Constraint):
    is_input = True

    def execute(self):
        pass


class Equal(Constraint):
    def execute(self):
        self.output.value = self.variables[1 - self.method].value


class Scale(Constraint):
    """second = first * factor + offset; only the first two can be computed."""

    def methods(self):
        return (0, 1)

    def execute(self):
        first, second, factor, offset = self.variables
        if self.method == 1:
            second.value = first.value * factor.value + offset.value
        else:
            first.value = (second.value - offset.value) // factor.value


class Planner:
    def __init__(self):
        self.mark = 0
        self.steps = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def add(self, constraint):
        for variable in constraint.variables:
            variable.constraints.append(constraint)
        mark = self.new_mark()
        overridden = self.satisfy(constraint, mark)
        while overridden is not None:
            overridden = self.satisfy(overridden, mark)

    def satisfy(self, constraint, mark):
        """Returns the constraint that had to give way and now looks for another method."""
        self.steps += 1
        constraint.choose_method(mark)
        if constraint.method < 0:
            if constraint.strength == REQUIRED:
                raise ValueError("a required constraint cannot be satisfied")
            return None
        for variable in constraint.inputs:
            variable.mark = mark
        output = constraint.output
        overridden = output.determined_by
        if overridden is not None:
            overridden.method = -1
        output.determined_by = constraint
        self.propagate(constraint, mark)
        output.mark = mark
        return overridden

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            this = todo.pop()
            if this.output.mark == mark:
                raise ValueError("a cycle of constraints")
            self.steps += 1
            this.recalculate()
            todo.extend(self.users(this.output))

    def users(self, variable):
        """The satisfied constraints that compute something from the variable."""
        by = variable.determined_by
        return [c for c in variable.constraints if c is not by and c.method >= 0]

    def remove(self, constraint):
        output = constraint.output if constraint.method >= 0 else None
        constraint.method = -1
        for variable in constraint.variables:
            variable.constraints.remove(constraint)
        if output is None:
            return
        output.determined_by = None
        output.strength = WEAKEST
        output.stays = True
        unsatisfied = self.forget_downstream(output)
        for strength in range(WEAKEST + 1):
            for other in unsatisfied:
                if other.strength == strength and other.method < 0:
                    mark = self.new_mark()
                    overridden = self.satisfy(other, mark)
                    while overridden is not None:
                        overridden = self.satisfy(overridden, mark)

    def forget_downstream(self, output):
        """Computes what is known again; the constraints without a method met on the way."""
        unsatisfied = []
        todo = [output]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if constraint.method < 0:
                    unsatisfied.append(constraint)
            for constraint in self.users(variable):
                self.steps += 1
                constraint.recalculate()
                todo.append(constraint.output)
        return unsatisfied

    def plan(self, edits):
        """The constraints to run, in order, when the inputs change."""
        mark = self.new_mark()
        plan = []
        todo = list(edits)
        while todo:
            constraint = todo.pop()
            self.steps += 1
            if constraint.output.mark != mark and constraint.inputs_are_known(mark):
                plan.append(constraint)
                constraint.output.mark = mark
                todo.extend(self.users(constraint.output))
        return plan


def change(planner, variable, values):
    """Edits the variable; yields after each value has gone through."""
    edit = Edit(PREFERRED, variable)
    planner.add(edit)
    plan = planner.plan([edit])
    for value in values:
        variable.value = value
        for constraint in plan:
            constraint.execute()
        yield value
    planner.remove(edit)


def chain(length):
    """v[0] = v[1] = ... = v[length]; the last would rather stay."""
    planner = Planner()
    variables = [Variable(0) for _ in range(length + 1)]
    for left, right in zip(variables, variables[1:]):
        planner.add(Equal(REQUIRED, left, right))
    planner.add(Stay(DEFAULT, variables[-1]))
    total = 0
    for value in change(planner, variables[0], range(1, 31)):
        if variables[-1].value != value:
            raise AssertionError("the chain is broken")
        total += variables[length // 2].value
    return total + planner.steps


def projection(count):
    """Points with target = source * factor + offset: either side is changed, then the
    factor and the offset, which all the points share."""
    planner = Planner()
    factor, offset = Variable(10), Variable(1000)
    planner.add(Stay(NORMAL, factor))
    planner.add(Stay(NORMAL, offset))
    points = []
    for i in range(count):
        source, target = Variable(i), Variable(i)
        planner.add(Stay(DEFAULT, source))
        planner.add(Scale(REQUIRED, source, target, factor, offset))
        points.append((source, target))
    total = 0
    source, target = points[count // 2]
    for value in change(planner, source, range(17, 20)):
        total += target.value - value * 10
    for value in change(planner, target, (1050, 1060)):
        total += source.value
    for variable, values in ((factor, (5, 7)), (offset, (2000, 3000))):
        for value in change(planner, variable, values):
            for source, target in points[:-1]:
                if target.value != source.value * factor.value + offset.value:
                    raise AssertionError("a point is in a wrong place")
                total += target.value
    return total + planner.steps


def run(scale, thread, threads):
    checksum = 0
    for _ in range(scale):
        checksum = (checksum * 31 + chain(2000)) % 1000000007
        checksum = (checksum * 31 + projection(2000)) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
