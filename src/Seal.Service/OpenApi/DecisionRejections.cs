using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;
using Seal.Domain.Deciding;

namespace Seal.Service.OpenApi;

/// <summary>
/// The rejections that a command can meet, read from its compiled decision: every rejection that the code names on the way
/// from <c>Decide</c>. So the documentation is right without a list that somebody would have to keep.
/// </summary>
public static class DecisionRejections
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(code => (int)(ushort)code.Value);

    /// <summary>All rejections of a command, by code.</summary>
    public static IReadOnlyList<Rejection> Of(CommandDescription command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var contract = command.Contract;
        List<Rejection> found = [AccessRejections.NotPermitted];
        if (contract.Unknown is { } unknown)
        {
            found.Add(unknown);
        }

        if (contract.NeedsProof)
        {
            found.AddRange([AccessRejections.ProofMissing, AccessRejections.ProofForOther, AccessRejections.ProofExpired, AccessRejections.ProofSpent]);
        }

        var seen = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>(command.Type.GetMethods(Everything).Where(method => method.Name == "Decide"));
        while (open.TryPop(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            if (method.DeclaringType!.IsDefined(typeof(RejectionsAttribute)))
            {
                found.AddRange(Named(method));
                continue;
            }

            foreach (var called in CallsOf(method).Where(called => called.DeclaringType?.Assembly == typeof(Rejection).Assembly && called.DeclaringType != typeof(RejectionCatalog)))
            {
                open.Push(called);
            }
        }

        return [.. found.DistinctBy(rejection => rejection.Code).OrderBy(rejection => rejection.Code, StringComparer.Ordinal)];
    }

    // One is named by its property; a method that chooses by code may give any of its class.
    private static IEnumerable<Rejection> Named(MethodBase method) =>
        method.DeclaringType!.GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(Rejection) && (!method.IsSpecialName || property.GetMethod == method))
            .Select(property => (Rejection)property.GetValue(null)!);

    // ECMA-335 II.25.4 and III: an operation is one byte, or two of which the first is 0xFE, and its operand.
    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var operation = code[at] == 0xFE ? OpCodesByValue[0xFE00 | code[at + 1]] : OpCodesByValue[code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
