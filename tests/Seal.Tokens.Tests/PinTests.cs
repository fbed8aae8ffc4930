namespace Seal.Tokens.Tests;

public sealed class PinTests : Provisioned
{
    [Fact]
    public void A_wrong_pin_is_an_answer_and_shows_in_the_tries_left()
    {
        Token.Facts().Tries.ShouldBe(PinTries.All);
        Token.SignOut();
        using var wrong = new TokenPin("not the pin");
        Token.SignIn(wrong).ShouldBe(PinOutcome.Wrong);
        Token.Facts().Tries.ShouldBe(PinTries.Fewer);
        using var right = UserPin;
        Token.SignIn(right).ShouldBe(PinOutcome.Accepted);
        Token.Facts().Tries.ShouldBe(PinTries.All);
    }

    [Fact]
    public void A_changed_pin_replaces_the_old_one()
    {
        using var old = UserPin;
        using var changed = new TokenPin("87654321");
        using var wrong = new TokenPin("00000000");
        Token.ChangePin(wrong, changed).ShouldBe(PinOutcome.Wrong);
        Token.ChangePin(old, changed).ShouldBe(PinOutcome.Accepted);
        Token.SignOut();
        Token.SignIn(old).ShouldBe(PinOutcome.Wrong);
        Token.SignIn(changed).ShouldBe(PinOutcome.Accepted);
        using var tooShort = new TokenPin("1");
        Token.ChangePin(changed, tooShort).ShouldBe(PinOutcome.Unfit);
    }

    [Fact]
    public void The_security_officer_sets_a_new_pin()
    {
        using var officer = OfficerPin;
        using var old = UserPin;
        using var changed = new TokenPin("87654321");
        Token.Unblock(old, changed).ShouldBe(PinOutcome.Wrong);
        Token.Unblock(officer, changed).ShouldBe(PinOutcome.Accepted);
        Token.SignIn(old).ShouldBe(PinOutcome.Wrong);
        Token.SignIn(changed).ShouldBe(PinOutcome.Accepted);
    }

    [Fact]
    public void Without_a_sign_in_private_keys_stay_out_of_sight_and_the_error_says_so()
    {
        var master = Token.MasterKey("master");
        Token.SignOut();
        Should.Throw<TokenException>(() => master.Wrap("x"u8)).Message.ShouldContain("is somebody signed in?");
    }
}
