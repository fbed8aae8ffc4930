using System.Globalization;
using System.Text;

namespace Seal.Ledger.Tests;

/// <summary>The vectors are those printed in RFC 8785.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_printed_as_in_appendix_B(string bits, string text)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Canonical(value.ToString("E17", CultureInfo.InvariantCulture)).ShouldBe(text);
    }

    [Theory]
    [InlineData("100", "100")]
    [InlineData("1.50e1", "15")]
    [InlineData("12300000000000000000000", "1.23e+22")]
    [InlineData("0.00000012", "1.2e-7")]
    [InlineData("-0.0", "0")]
    [InlineData("120.5", "120.5")]
    public void Numbers_are_laid_out_as_ECMAScript_does(string json, string text) => Canonical(json).ShouldBe(text);

    [Fact]
    public void The_example_of_section_3_2_2_comes_out() => Canonical("""
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }
        """).ShouldBe("""{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void Names_are_ordered_by_UTF_16_code_units_as_in_section_3_2_3() => Canonical("""
        {
          "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
          "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """).ShouldBe(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\"," +
        "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");

    [Fact]
    public void Nested_objects_are_ordered_too() =>
        Canonical("""{"b":[{"z":1,"y":{"d":1,"c":[]}}],"a":{}}""").ShouldBe("""{"a":{},"b":[{"y":{"c":[],"d":1},"z":1}]}""");

    [Fact]
    public void What_is_canonical_stays_as_it_is()
    {
        const string Json = """{"a":[1,2.5,"\u0001\t\"\\/é",null],"b":{"c":false}}""";
        Canonical(Json).ShouldBe(Json);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"b":1,"a":2,"b":3}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""["\udc00\ud800"]""")]
    [InlineData("""{"\udead":1}""")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("[1,]")]
    [InlineData("{} {}")]
    [InlineData("// comment\n1")]
    [InlineData("01")]
    [InlineData("")]
    [InlineData("\uFEFF{}")]
    public void What_has_no_canonical_form_is_refused(string json) => Should.Throw<CanonicalJsonException>(() => Canonical(json));

    [Fact]
    public void Invalid_UTF_8_is_refused()
    {
        Should.Throw<CanonicalJsonException>(() => CanonicalJson.Canonicalise([(byte)'"', 0xC3, 0x28, (byte)'"']));
        Should.Throw<CanonicalJsonException>(() => CanonicalJson.Canonicalise([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));
        Should.Throw<CanonicalJsonException>(() => CanonicalJson.Canonicalise([(byte)'"', (byte)'\\', (byte)'n', 0xFF, (byte)'"']));
    }

    [Fact]
    public void Only_an_object_can_be_an_event() => Should.Throw<CanonicalJsonException>(() => CanonicalJson.CanonicaliseObject("[]"u8));

    [Fact]
    public void Deep_nesting_is_refused_and_not_a_crash() =>
        Should.Throw<CanonicalJsonException>(() => Canonical(new string('[', 100_000) + new string(']', 100_000)));

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(json)));
}
