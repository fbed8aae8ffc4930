using Seal.Domain.Organisations;

namespace Seal.Domain.Tests.Organisations;

public sealed class CreditCodes
{
    [Theory]
    [InlineData("9144030071526726XG")]
    [InlineData("914403001922038216")]
    [InlineData("91110000802100433B")]
    public void A_real_credit_code_is_accepted(string code) => new OrganisationId(code).IsWellFormed.ShouldBeTrue();

    [Theory]
    [InlineData("91500102563638729E", "its check character is wrong")]
    [InlineData("91440300192203821", "it is too short")]
    [InlineData("9144030019220382160", "it is too long")]
    [InlineData("91440300I922038216", "no code has an I")]
    [InlineData("9144030071526726xg", "small letters are none of a code's")]
    [InlineData("914403001922038２16", "a full-width digit is no digit")]
    [InlineData("", "it is empty")]
    [InlineData(null, "there is none")]
    public void A_wrong_credit_code_is_refused(string? code, string why) => new OrganisationId(code!).IsWellFormed.ShouldBeFalse(why);

    [Fact]
    public void Every_single_mistyped_character_is_noticed()
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        const string Code = "9144030071526726XG";
        for (var place = 0; place < Code.Length; place++)
        {
            foreach (var other in Alphabet.Where(other => other != Code[place]))
            {
                var mistyped = Code[..place] + other + Code[(place + 1)..];
                new OrganisationId(mistyped).IsWellFormed.ShouldBeFalse(mistyped);
            }
        }
    }
}
