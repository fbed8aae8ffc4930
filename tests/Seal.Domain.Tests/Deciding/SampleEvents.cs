using System.Reflection;
using Seal.Domain.Applications;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Domain.Signings;

namespace Seal.Domain.Tests.Deciding;

/// <summary>Makes an event of any type with every property filled in.</summary>
public static class SampleEvents
{
    /// <summary>An event of a type.</summary>
    public static IEvent Of(Type type) => (IEvent)Make(type, type.Name);

    private static object Make(Type type, string name) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => Make(inner, name),
        _ when type == typeof(string) => Text(name),
        _ when type == typeof(int) => 2,
        _ when type == typeof(long) => 7L,
        _ when type == typeof(decimal) => 40.5m,
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateOnly) => new DateOnly(2021, 4, 1),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 5, 1, 2, 3, 456, TimeSpan.Zero),
        _ when type == typeof(Commitment) => new Commitment(new string('c', 64)),
        _ when type == typeof(IReadOnlyDictionary<string, CertificateId>) => new Dictionary<string, CertificateId> { ["k1-1.p1"] = new("5ea1") },
        _ when type == typeof(IReadOnlyList<RequestedSeal>) => new[] { (RequestedSeal)Make(typeof(RequestedSeal), name) },
        _ when type == typeof(IReadOnlyList<CertificateId>) => new[] { (CertificateId)Make(typeof(CertificateId), name) },
        _ when type == typeof(IReadOnlyList<Placing>) => new[] { new Placing(PlacingKind.Edges, Edge: PlacingEdge.Right, CentreMm: 148.5m, FirstPage: 1) },
        _ when type == typeof(IReadOnlyList<RecordedMaterial>) => new[] { (RecordedMaterial)Make(typeof(RecordedMaterial), name) },
        _ when type.IsEnum => type.GetEnumValues().GetValue(type.GetEnumValues().Length - 1)!,
        _ when type.GetConstructors().Length == 0 => Activator.CreateInstance(type)!,
        _ => Construct(type),
    };

    private static object Construct(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, Name(type, parameter)))]);
    }

    private static string Name(Type type, ParameterInfo parameter) => parameter.Name == "Value" ? type.Name : parameter.Name!;

    private static string Text(string name) => name switch
    {
        "Name" => "深圳市示例科技有限公司合同专用章",
        "EnglishName" => "Example Technology Ltd.",
        "Region" => "440300",
        "OrganisationId" => "914403001922038216",
        nameof(SealId) => "k1-1",
        "HoldingId" => "k1-1.p1",
        "CertificateId" => "5ea1",
        "PersonId" => "p1",
        _ when name.EndsWith("Digest", StringComparison.Ordinal) => new string('d', 64),
        _ => $"a-{name.ToLowerInvariant()}",
    };
}
