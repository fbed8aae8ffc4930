using System.Reflection;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Service.Problems;

namespace Seal.Service.Tests.Problems;

/// <summary>Every problem that the service can answer with.</summary>
internal static class AllProblems
{
    /// <summary>What a sentence may name, by code, beside the field at fault.</summary>
    public static IReadOnlyDictionary<string, string[]> Values { get; } = new Dictionary<string, string[]>
    {
        ["authority-refused"] = ["why"],
        ["authority-unreachable"] = ["why"],
        ["certificate-for-other-key"] = ["why"],
        ["certificate-renewal-too-early"] = ["from"],
        ["certificate-renewal-too-late"] = ["until"],
        ["certificate-unfit"] = ["why"],
        ["evidence-unavailable"] = ["why"],
        ["issuer-not-valid"] = ["why"],
        ["key-not-for-kind"] = ["allowed"],
        ["materials-missing"] = ["missing"],
        ["serial-number-taken"] = ["why"],
        ["duplicate-name"] = ["name"],
        ["file-too-large"] = ["limit"],
        ["impression-impossible"] = ["why"],
        ["person-has-obligations"] = ["obligations"],
        ["pin-wrong"] = ["left"],
        ["seal-name-malformed"] = ["name"],
        ["seal-name-taken"] = ["name"],
        ["signature-failed"] = ["why"],
        ["stale-version"] = ["version"],
        ["unexpected"] = ["trace"],
        ["uploads-full"] = ["limit"],
        ["unknown-field"] = ["allowed"],
    };

    public static IReadOnlyList<Problem> Everything { get; } = [.. OfRequests(), .. RejectionCatalog.All.Select(Problem.From), .. OfFiles(), .. OfRegister()];

    private static IEnumerable<Problem> OfRequests()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var property in typeof(RequestProblems).GetProperties(Declared))
        {
            yield return (Problem)property.GetValue(null)!;
        }

        foreach (var method in typeof(RequestProblems).GetMethods(Declared).Where(method => !method.IsSpecialName && method.Name != nameof(RequestProblems.File)))
        {
            yield return (Problem)method.Invoke(null, [method.GetParameters().Single().ParameterType == typeof(long) ? 10_000_000L : "reason"])!;
        }
    }

    private static IEnumerable<Problem> OfFiles() => new[] { typeof(PdfProblem), typeof(OfdProblem) }.SelectMany(problems => problems.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => RequestProblems.File((string)field.GetRawConstantValue()!))
        .Append(RequestProblems.File("file-too-complex"));

    // Not refusals, but reasons of a verdict that have sentences all the same.
    private static IEnumerable<Problem> OfRegister() => [RequestProblems.File("signing-not-recorded"), RequestProblems.File("signer-not-recorded")];
}
