package io.guanjia.architecture;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reasons that one module's code gives of its own accord, as far as its source shows them:
 * literals, also by way of constants, variables, conditions, and methods that take or return them.
 * Of words that are put together only the beginning.
 */
final class SpokenReasons {

    /** What carries a reason to the people at the desk, and which argument that is. */
    private static final Map<String, Integer> CARRIERS =
            Map.ofEntries(
                    Map.entry("Throttled", 0),
                    Map.entry("Unavailable", 0),
                    Map.entry("WindowClosed", 0),
                    Map.entry("Unreachable", 0),
                    Map.entry("Refused", 0),
                    Map.entry("Blocked", 0),
                    Map.entry("OutcomeUnknown", 0),
                    Map.entry("MediaUnavailable", 0),
                    Map.entry("LineFailure", 1),
                    Map.entry("Receipt", 4),
                    Map.entry("Outcome", 2));

    /** One argument of the methods, or constructors, of a name. */
    private record Parameter(String method, int arguments, int index) {}

    private final List<CompilationUnitTree> units;
    private final Map<String, String> found = new TreeMap<>();
    private final Set<Parameter> followed = new HashSet<>();
    private final Set<Tree> seen = new HashSet<>();

    private SpokenReasons(List<CompilationUnitTree> units) {
        this.units = units;
    }

    /** Each with the file that says it. */
    static Map<String, String> of(Path sources) {
        var reasons = new SpokenReasons(JavaSources.below(sources));
        reasons.eachCall(
                (name, arguments, path) -> {
                    var index = CARRIERS.get(name);
                    if (index != null
                            && index < arguments.size()
                            && path.getLeaf() instanceof NewClassTree) {
                        reasons.say(arguments.get(index), path);
                    }
                });
        return reasons.found;
    }

    private interface Call {
        void found(String name, List<? extends ExpressionTree> arguments, TreePath path);
    }

    private void eachCall(Call call) {
        for (var unit : units) {
            new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void none) {
                    call.found(typeName(tree), tree.getArguments(), getCurrentPath());
                    return super.visitNewClass(tree, none);
                }

                @Override
                public @Nullable Void visitMethodInvocation(
                        MethodInvocationTree tree, @Nullable Void none) {
                    call.found(
                            lastName(tree.getMethodSelect()),
                            tree.getArguments(),
                            getCurrentPath());
                    return super.visitMethodInvocation(tree, none);
                }
            }.scan(unit, null);
        }
    }

    /** Without its package or what it stands in, but for another's {@code Refused}. */
    private static String typeName(NewClassTree tree) {
        var type = tree.getIdentifier().toString();
        return type.startsWith("Verdict.") ? type : lastName(tree.getIdentifier());
    }

    private static String lastName(Tree name) {
        return switch (name) {
            case MemberSelectTree select -> select.getIdentifier().toString();
            case IdentifierTree identifier -> identifier.getName().toString();
            default -> "";
        };
    }

    /** Notes what an expression may say. */
    private void say(Tree expression, TreePath place) {
        if (!seen.add(expression)) {
            return;
        }
        switch (expression) {
            case LiteralTree literal when literal.getValue() instanceof String words -> {
                if (!words.isBlank()) {
                    found.putIfAbsent(words, place.getCompilationUnit().getSourceFile().getName());
                }
            }
            case ParenthesizedTree inner -> say(inner.getExpression(), place);
            case ConditionalExpressionTree either -> {
                say(either.getTrueExpression(), place);
                say(either.getFalseExpression(), place);
            }
            case BinaryTree both -> say(both.getLeftOperand(), place);
            case SwitchExpressionTree cases -> sayCases(cases, place);
            case IdentifierTree identifier -> sayNamed(identifier.getName().toString(), place);
            case MemberSelectTree select -> sayConstant(select.getIdentifier().toString());
            case MethodInvocationTree call -> sayCall(call, place);
            default -> {}
        }
    }

    private void sayCases(SwitchExpressionTree cases, TreePath place) {
        for (var each : cases.getCases()) {
            if (each.getBody() instanceof ExpressionTree value) {
                say(value, place);
            } else {
                new TreePathScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitYield(YieldTree tree, @Nullable Void none) {
                        say(tree.getValue(), place);
                        return null;
                    }
                }.scan(new TreePath(place, each), null);
            }
        }
    }

    private void sayCall(MethodInvocationTree call, TreePath place) {
        if (call.getMethodSelect() instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals("formatted")) {
            say(select.getExpression(), place);
            return;
        }
        var name = lastName(call.getMethodSelect());
        for (var unit : units) {
            new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
                    return method.getName().contentEquals(name)
                                    && method.getParameters().size() == call.getArguments().size()
                            ? super.visitMethod(method, none)
                            : null;
                }

                @Override
                public @Nullable Void visitReturn(ReturnTree answer, @Nullable Void none) {
                    if (inside(getCurrentPath(), name) && answer.getExpression() != null) {
                        say(answer.getExpression(), getCurrentPath());
                    }
                    return super.visitReturn(answer, none);
                }
            }.scan(unit, null);
        }
    }

    private static boolean inside(TreePath path, String method) {
        for (var leaf : path) {
            if (leaf instanceof MethodTree around) {
                return around.getName().contentEquals(method);
            }
        }
        return false;
    }

    /** A variable, a parameter of the method around, or a constant. */
    private void sayNamed(String name, TreePath place) {
        for (var around : place) {
            if (around instanceof MethodTree method) {
                var parameters = method.getParameters();
                for (var i = 0; i < parameters.size(); i++) {
                    if (parameters.get(i).getName().contentEquals(name)) {
                        follow(new Parameter(called(method, place), parameters.size(), i));
                        return;
                    }
                }
                if (sayVariable(method, name, place)) {
                    return;
                }
            }
        }
        sayConstant(name);
    }

    private static String called(MethodTree method, TreePath place) {
        if (!method.getName().contentEquals("<init>")) {
            return method.getName().toString();
        }
        for (var around : place) {
            if (around instanceof ClassTree type) {
                return type.getSimpleName().toString();
            }
        }
        throw new IllegalStateException("a constructor outside of any class");
    }

    /** What a method's callers give it. */
    private void follow(Parameter parameter) {
        if (followed.add(parameter)) {
            eachCall(
                    (name, arguments, path) -> {
                        if (name.equals(parameter.method())
                                && arguments.size() == parameter.arguments()) {
                            say(arguments.get(parameter.index()), path);
                        }
                    });
        }
    }

    private boolean sayVariable(MethodTree method, String name, TreePath place) {
        var variables = new ArrayList<VariableTree>();
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
                if (variable.getName().contentEquals(name) && variable.getInitializer() != null) {
                    variables.add(variable);
                }
                return super.visitVariable(variable, none);
            }
        }.scan(new TreePath(place, method), null);
        variables.forEach(variable -> say(variable.getInitializer(), place));
        return !variables.isEmpty();
    }

    private void sayConstant(String name) {
        if (!name.equals(name.toUpperCase(Locale.ROOT))) {
            return;
        }
        for (var unit : units) {
            new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitVariable(VariableTree field, @Nullable Void none) {
                    if (field.getName().contentEquals(name) && field.getInitializer() != null) {
                        say(field.getInitializer(), getCurrentPath());
                    }
                    return super.visitVariable(field, none);
                }
            }.scan(unit, null);
        }
    }
}
