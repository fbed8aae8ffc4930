using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Documents.Judging;

/// <summary>Writes an enumeration as <c>TOTAL_PASSED</c>.</summary>
internal sealed class UpperSnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Writes an enumeration as <c>signature-value</c>.</summary>
internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
