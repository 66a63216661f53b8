// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPanelArbiter, PanelTerms} from "../../src/arbiter/IPanelArbiter.sol";
import {PanelArbiter} from "../../src/arbiter/PanelArbiter.sol";
import {PanelTally, Stance, Tally, Votes} from "../../src/arbiter/PanelTally.sol";
import {Funding, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {ISettledReputation} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm, Vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

/// @notice Five members of weight 1 to 5; nine of fifteen must vote, and lead by 40 %. A leg of 1000 with a
/// bond of 500 is disputed, under a fee of 5 %.
contract PanelArbiterTest is Deals {
    PanelArbiter private panel;
    Wallet[] private members;
    Wallet private human = wallet("human");
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;
    uint256 private votingEnd;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < 5; ++i) {
            members.push(wallet(string.concat("member ", vm.toString(i))));
        }
        panel = new PanelArbiter(escrow, terms());
        head = arbitrated(head_());
        head.arbiter = address(panel);
        legs.push(leg_(payee, 1000));
        legs[0].bond = 500;
        begin();
    }

    function terms() private view returns (PanelTerms memory t) {
        t.members = new address[](5);
        t.weights = new uint16[](5);
        for (uint256 i = 0; i < 5; ++i) {
            (t.members[i], t.weights[i]) = (members[i].addr, uint16(i + 1));
        }
        (t.quorumBps, t.marginBps, t.votingTime) = (6000, 4000, 1 days);
        (t.endorsedPayeeBps, t.endorsedBondBps) = (10_000, 10_000);
        (t.challengedPayeeBps, t.challengedBondBps) = (1000, 0);
        (t.escalation, t.feeReceiver) = (human.addr, platform.addr);
    }

    function begin() private {
        dealId = open(head, legs);
        deliver(head, legs, 0);
        dispute(client.addr, head, legs, 0);
        votingEnd = now_() + 1 days;
    }

    function votes(uint256 member, Stance stance, uint8 confidence) private {
        vm.prank(members[member].addr);
        panel.vote(members[member].addr, dealId, 0, stance, confidence, "why", "");
    }

    function decideCall() private view returns (bytes memory) {
        return abi.encodeCall(panel.decide, (dealId, head, new bytes32[](0), 0, legs[0]));
    }

    function escalateCall() private view returns (bytes memory) {
        return
            abi.encodeCall(
                panel.escalate, (dealId, head, new bytes32[](0), 0, legs[0], 7000, 5000, "because")
            );
    }

    function voteCall(uint256 member, Stance stance, uint8 confidence) private view returns (bytes memory) {
        return abi.encodeCall(
            panel.vote, (members[member].addr, dealId, 0, stance, confidence, bytes32("why"), bytes(""))
        );
    }

    function ask(address sender, bytes memory call_) private returns (bool ok, bytes memory answer) {
        vm.prank(sender);
        return address(panel).call(call_);
    }

    function refused(address sender, bytes memory call_, bytes memory why) private {
        (bool ok, bytes memory answer) = ask(sender, call_);
        check(!ok, "was not refused");
        eq(answer, why, "why");
    }

    function test_panel_endorses() public {
        votes(4, Stance.Endorse, 90);
        votes(3, Stance.Endorse, 80);
        (Tally memory tally, Stance verdict) = panel.tallyOf(dealId, 0, 0);
        eq(tally.voted, 9, "voted");
        eq(tally.endorsing, 770, "endorsing");
        eq(uint256(verdict), uint256(Stance.Endorse), "verdict");
        (bool ok,) = ask(stranger.addr, decideCall());
        check(ok, "anybody has it applied");
        inState(dealId, 0, LegState.Ruled);
        eq(usdc.balanceOf(payee.addr), 950 + 500, "payee");
        vm.prank(stranger.addr);
        eq(panel.collect(address(usdc)), 50, "fee");
        eq(usdc.balanceOf(platform.addr), 50, "fee receiver");
    }

    function test_panel_challenges() public {
        votes(4, Stance.Challenge, 100);
        votes(3, Stance.Challenge, 100);
        votes(0, Stance.Endorse, 100);
        (bool ok,) = ask(stranger.addr, decideCall());
        check(ok, "decided");
        eq(usdc.balanceOf(payee.addr), 95, "a tenth, no bond");
        eq(usdc.balanceOf(client.addr), 855 + 500, "client");
    }

    function undecided(uint256 voted, uint256 endorsing) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(IPanelArbiter.Undecided.selector, dealId, 0, voted, 9, endorsing, 0, 600);
    }

    function test_panel_waitsForTheQuorum() public {
        votes(4, Stance.Endorse, 100);
        votes(2, Stance.Endorse, 100);
        refused(stranger.addr, decideCall(), undecided(8, 800));
        votes(0, Stance.Abstain, 0);
        (bool ok,) = ask(stranger.addr, decideCall());
        check(ok, "an abstention counts for the quorum");
    }

    /// The margin is of the whole panel: 6 of 15 at full confidence.
    function test_panel_waitsForTheMargin() public {
        votes(4, Stance.Endorse, 100);
        votes(3, Stance.Abstain, 0);
        votes(0, Stance.Endorse, 99);
        refused(stranger.addr, decideCall(), undecided(10, 599));
        votes(1, Stance.Endorse, 1);
        (, Stance verdict) = panel.tallyOf(dealId, 0, 0);
        eq(uint256(verdict), uint256(Stance.Endorse), "600 + 1");
    }

    function test_panel_leavesTheRestToAHuman() public {
        votes(4, Stance.Endorse, 100);
        votes(3, Stance.Challenge, 100);
        vm.warp(votingEnd);
        bytes memory why = abi.encodeWithSelector(IPanelArbiter.VotingOpen.selector, votingEnd, votingEnd);
        refused(human.addr, escalateCall(), why);
        vm.warp(votingEnd + 1);
        why = abi.encodeWithSelector(IPanelArbiter.VotingOver.selector, votingEnd + 1, votingEnd);
        refused(members[0].addr, voteCall(0, Stance.Endorse, 1), why);
        refused(stranger.addr, escalateCall(), notParty(stranger.addr, human.addr));
        vm.expectEmit(address(panel));
        emit IPanelArbiter.Escalated(dealId, 0, 7000, 5000, "because");
        (bool ok,) = ask(human.addr, escalateCall());
        check(ok, "ruled");
        eq(usdc.balanceOf(payee.addr), 665 + 250, "payee");
    }

    function test_panel_aHumanDoesNotOverruleIt() public {
        votes(4, Stance.Endorse, 100);
        votes(3, Stance.Endorse, 100);
        vm.warp(votingEnd + 1);
        bytes memory why =
            abi.encodeWithSelector(IPanelArbiter.PanelHasDecided.selector, dealId, 0, Stance.Endorse);
        refused(human.addr, escalateCall(), why);
        (bool ok,) = ask(stranger.addr, decideCall());
        check(ok, "the verdict can be applied until the ruling time ends");
    }

    function test_panel_afterTheRulingTimeTheTermsDecide() public {
        vm.warp(votingEnd + 2 days + 1);
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.DeadlinePassed.selector, votingEnd + 2 days + 1, votingEnd + 2 days
        );
        refused(human.addr, escalateCall(), why);
        lapse(head, legs, 0);
        inState(dealId, 0, LegState.Lapsed);
    }

    function test_panel_votesByRelay() public {
        bytes32 typeHash =
            keccak256("Vote(bytes32 dealId,uint8 leg,uint8 stance,uint8 confidence,bytes32 reason)");
        bytes32 hash = keccak256(abi.encode(typeHash, dealId, 0, 1, 90, bytes32("why")));
        bytes32 digest = digestIn(panel.DOMAIN_SEPARATOR(), hash);
        vm.expectEmit(address(panel));
        emit IPanelArbiter.Voted(dealId, 0, members[2].addr, Stance.Endorse, 90, "why");
        bytes memory signature = sign(members[2], digest);
        vm.prank(stranger.addr);
        panel.vote(members[2].addr, dealId, 0, Stance.Endorse, 90, "why", signature);
        bytes memory call_ = abi.encodeCall(
            panel.vote, (members[1].addr, dealId, 0, Stance.Endorse, 90, bytes32("why"), signature)
        );
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, members[1].addr, digest);
        refused(stranger.addr, call_, why);
    }

    function test_panel_refusesVotes() public {
        refused(stranger.addr, voteCall(0, Stance.Endorse, 1), notParty(stranger.addr, members[0].addr));
        bytes memory call_ = abi.encodeCall(
            panel.vote, (stranger.addr, dealId, 0, Stance.Endorse, 1, bytes32("why"), bytes(""))
        );
        refused(stranger.addr, call_, abi.encodeWithSelector(IPanelArbiter.NotMember.selector, stranger.addr));
        address member = members[0].addr;
        refused(
            member,
            voteCall(0, Stance.None, 0),
            abi.encodeWithSelector(IPanelArbiter.BadVote.selector, Stance.None, 0)
        );
        refused(
            member,
            voteCall(0, Stance.Endorse, 101),
            abi.encodeWithSelector(IPanelArbiter.BadVote.selector, Stance.Endorse, 101)
        );
        refused(
            member,
            voteCall(0, Stance.Abstain, 1),
            abi.encodeWithSelector(IPanelArbiter.BadVote.selector, Stance.Abstain, 1)
        );
        votes(0, Stance.Challenge, 0);
        refused(
            member,
            voteCall(0, Stance.Endorse, 1),
            abi.encodeWithSelector(IPanelArbiter.AlreadyVoted.selector, dealId, 0, member)
        );
        dealId = "no deal";
        refused(
            member,
            voteCall(0, Stance.Endorse, 1),
            abi.encodeWithSelector(IPanelArbiter.NotDisputed.selector, dealId, 0, 0)
        );
    }

    /// A member that is a party of the leg does not count; its weight stays in the whole.
    function test_panel_nobodyJudgesItsOwnCase() public {
        legs[0].payee = members[4].addr;
        deposit(members[4], 500);
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, 1000);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(members[4], dealId);
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.prank(client.addr);
        usdc.approve(address(escrow), 1000);
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
        deliver(h, l, 0);
        dispute(client.addr, h, l, 0);
        votes(4, Stance.Endorse, 100);
        votes(3, Stance.Endorse, 100);
        refused(stranger.addr, decideCall(), undecided(4, 400));
        (Tally memory tally,) = panel.tallyOf(dealId, 0, 1 << 4);
        eq(tally.voted, 4, "one of them");
    }

    /// Nor does the human: whichever party it is, the panel's silence is left to the deal's terms.
    function test_panel_noHumanJudgesItsOwnCase() public {
        legs[0] = backed(legs[0]);
        (head.feeReceiver, head.feeBps) = (platform.addr, 100);
        address[4] memory parties = [client.addr, payee.addr, standby.addr, platform.addr];
        for (uint256 i = 0; i < parties.length; ++i) {
            PanelTerms memory t = terms();
            t.escalation = parties[i];
            panel = new PanelArbiter(escrow, t);
            head.arbiter = address(panel);
            begin();
            vm.warp(votingEnd + 1);
            bytes memory why = abi.encodeWithSelector(
                IPanelArbiter.EscalationIsParty.selector,
                parties[i],
                client.addr,
                payee.addr,
                standby.addr,
                platform.addr
            );
            refused(parties[i], escalateCall(), why);
            vm.warp(votingEnd + 2 days + 1);
            lapse(head, legs, 0);
            inState(dealId, 0, LegState.Lapsed);
            legs[0].due = uint40(now_() + 1 days);
            head.openBy = uint40(now_() + 1 hours);
        }
    }

    /// Terms in which the human is no party, to get past that, are another deal's.
    function test_panel_aPartyCannotDenyThatItIsOne() public {
        PanelTerms memory t = terms();
        t.escalation = payee.addr;
        panel = new PanelArbiter(escrow, t);
        head.arbiter = address(panel);
        begin();
        vm.warp(votingEnd + 1);
        legs[0].payee = stranger.addr;
        bytes32 denied = escrow.dealIdOf(head, legs);
        refused(payee.addr, escalateCall(), wrongState(LegState.None, LegState.Disputed));
        check(denied != dealId, "another deal");
    }

    /// With 7 of 15 barred the quorum of 9 cannot be reached: the case is the human's.
    function test_panel_withoutAQuorumOfTheUnbarredTheHumanHasIt() public {
        legs[0] = backed(legs[0]);
        (legs[0].payee, legs[0].standby) = (members[3].addr, members[2].addr);
        (legs[0].bond, legs[0].standbyBond) = (0, 0);
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, total(legs));
        (bytes[] memory payees, bytes[] memory standbys) = (new bytes[](1), new bytes[](1));
        (payees[0], standbys[0]) = (sign(members[3], dealId), sign(members[2], dealId));
        Funding memory funding = authorization(client, total(legs), dealId);
        escrow.open(head, legs, payees, standbys, funding);
        deliver(head, legs, 0);
        dispute(client.addr, head, legs, 0);
        for (uint256 i = 0; i < 5; ++i) {
            votes(i, Stance.Endorse, 100);
        }
        refused(stranger.addr, decideCall(), undecided(8, 800));
        vm.warp(votingEnd + 1);
        (bool ok,) = ask(human.addr, escalateCall());
        check(ok, "ruled");
    }

    function test_panel_refusesTheTermsOfAnotherDeal() public {
        votes(4, Stance.Endorse, 100);
        votes(3, Stance.Endorse, 100);
        bytes32 voted = dealId;
        head.docHash = "another";
        begin();
        bytes memory call_ = abi.encodeCall(panel.decide, (voted, head, new bytes32[](0), 0, legs[0]));
        refused(stranger.addr, call_, abi.encodeWithSelector(IPanelArbiter.OtherDeal.selector, dealId, voted));
        call_ = abi.encodeCall(
            panel.escalate, (voted, head, new bytes32[](0), 0, legs[0], 7000, 5000, "because")
        );
        vm.warp(votingEnd + 1);
        refused(
            human.addr,
            call_,
            abi.encodeWithSelector(IPanelArbiter.PanelHasDecided.selector, voted, 0, Stance.Endorse)
        );
    }

    /// Nor can the human name a deal that is open to it and rule another that may not be.
    function test_panel_refusesToEscalateWithTheTermsOfAnotherDeal() public {
        bytes32 named = dealId;
        head.docHash = "another";
        begin();
        vm.warp(votingEnd + 1);
        bytes memory call_ = abi.encodeCall(
            panel.escalate, (named, head, new bytes32[](0), 0, legs[0], 7000, 5000, "because")
        );
        refused(human.addr, call_, abi.encodeWithSelector(IPanelArbiter.OtherDeal.selector, dealId, named));
    }

    function test_panel_cannotDecideADealOfAnotherArbiter() public {
        head.arbiter = arbiter.addr;
        begin();
        votes(4, Stance.Endorse, 100);
        votes(3, Stance.Endorse, 100);
        refused(stranger.addr, decideCall(), notParty(address(panel), arbiter.addr));
    }

    /// Anybody counts again from the logs, with code of its own.
    function testFuzz_panel_theLogsTell(uint256 seed) public {
        vm.recordLogs();
        for (uint256 i = 0; i < 5; ++i) {
            Stance stance = Stance(within(seed >> (i * 16), 0, 3));
            if (stance == Stance.None) continue;
            votes(i, stance, stance == Stance.Abstain ? 0 : uint8(within(seed >> (i * 16 + 2), 0, 100)));
        }
        (uint256 voted, int256 lead) = recount(vm.getRecordedLogs());
        Stance want = Stance.None;
        if (voted >= 9 && lead >= 600) want = Stance.Endorse;
        if (voted >= 9 && lead <= -600) want = Stance.Challenge;
        (, Stance verdict) = panel.tallyOf(dealId, 0, 0);
        eq(uint256(verdict), uint256(want), "verdict");
    }

    function recount(Vm.Log[] memory logs) private view returns (uint256 voted, int256 lead) {
        for (uint256 i = 0; i < logs.length; ++i) {
            (Stance stance, uint8 confidence,) = abi.decode(logs[i].data, (Stance, uint8, bytes32));
            address member = address(uint160(uint256(logs[i].topics[3])));
            for (uint256 j = 0; j < 5; ++j) {
                if (members[j].addr != member) continue;
                voted += j + 1;
                int256 score = int256((j + 1) * confidence);
                if (stance == Stance.Endorse) lead += score;
                if (stance == Stance.Challenge) lead -= score;
            }
        }
    }

    /// What a refusal says is missing is what the verdict misses.
    function testFuzz_panel_undecidedMeansBelowAThreshold(uint256 seed) public pure {
        (uint256 total, uint256 quorumBps) = (within(seed, 1, 2_097_120), within(seed >> 32, 1, 10_000));
        (uint256 marginBps, uint256 voted) = (within(seed >> 64, 1, 10_000), within(seed >> 96, 0, total));
        uint256 endorsing = within(seed >> 128, 0, voted * 100);
        uint256 challenging = within(seed >> 160, 0, voted * 100 - endorsing);
        (uint256 quorum, uint256 margin) = PanelTally.thresholds(total, quorumBps, marginBps);
        if (seed >> 255 == 1) voted = quorum - (seed >> 254 & 1); // at the edge as well
        Tally memory tally = Tally(voted, endorsing, challenging);
        uint256 lead = endorsing > challenging ? endorsing - challenging : challenging - endorsing;
        bool open_ = PanelTally.verdict(tally, total, quorumBps, marginBps) == Stance.None;
        check(open_ == (voted < quorum || lead < margin), "undecided");
    }

    function testFuzz_votes_roundTrip(uint256 seed) public pure {
        Votes all = Votes.wrap(0);
        for (uint256 i = 0; i < 32; ++i) {
            uint256 noise = uint256(keccak256(abi.encode(seed, i)));
            all = all.withVote(i, Stance(1 + noise % 3), (noise >> 8) % 101);
        }
        for (uint256 i = 0; i < 32; ++i) {
            uint256 noise = uint256(keccak256(abi.encode(seed, i)));
            (Stance stance, uint256 confidence) = all.voteOf(i);
            eq(uint256(stance), 1 + noise % 3, "stance");
            eq(confidence, stance == Stance.Abstain ? 0 : (noise >> 8) % 101, "confidence");
        }
    }

    function test_panel_refusesTermsOutOfRange() public {
        PanelTerms memory t = terms();
        t.members[1] = members[0].addr;
        bad(t, abi.encodeWithSelector(IPanelArbiter.BadMember.selector, 1, members[0].addr));
        t.members[1] = human.addr;
        bad(t, abi.encodeWithSelector(IPanelArbiter.BadMember.selector, 1, human.addr));
        t.members[1] = address(0);
        bad(t, abi.encodeWithSelector(IPanelArbiter.BadMember.selector, 1, address(0)));
        t = terms();
        t.weights[2] = 0;
        bad(t, abi.encodeWithSelector(IPanelArbiter.ZeroWeight.selector, 2));
        t = terms();
        t.weights = new uint16[](4);
        bad(t, abi.encodeWithSelector(IPanelArbiter.PanelSizeOutOfRange.selector, 5, 4, 32));
        (t.members, t.weights) = (new address[](0), new uint16[](0));
        bad(t, abi.encodeWithSelector(IPanelArbiter.PanelSizeOutOfRange.selector, 0, 0, 32));
        (t.members, t.weights) = (new address[](33), new uint16[](33));
        bad(t, abi.encodeWithSelector(IPanelArbiter.PanelSizeOutOfRange.selector, 33, 33, 32));
        t = terms();
        t.quorumBps = 0;
        bad(t, abi.encodeWithSelector(IPanelArbiter.BpsOutOfRange.selector, 0, 1, 10_000));
        (t.quorumBps, t.marginBps) = (1, 10_001);
        bad(t, abi.encodeWithSelector(IPanelArbiter.BpsOutOfRange.selector, 10_001, 1, 10_000));
        (t.marginBps, t.endorsedBondBps) = (1, 10_001);
        bad(t, abi.encodeWithSelector(IPanelArbiter.BpsOutOfRange.selector, 10_001, 0, 10_000));
        (t.endorsedBondBps, t.votingTime) = (0, 0);
        bad(t, abi.encodeWithSelector(IPanelArbiter.ZeroVotingTime.selector));
        (t.votingTime, t.escalation) = (1, address(0));
        bad(t, abi.encodeWithSelector(IPanelArbiter.ZeroAddress.selector));
        (t.escalation, t.feeReceiver) = (human.addr, address(0));
        bad(t, abi.encodeWithSelector(IPanelArbiter.ZeroAddress.selector));
    }

    function test_panel_refusesAFeeReceiverThatWouldLockTheFees() public {
        PanelTerms memory t = terms();
        for (uint256 i = 0; i < 2; ++i) {
            address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
            t.feeReceiver = i == 0 ? address(escrow) : next;
            bytes memory why = abi.encodeWithSelector(
                IPanelArbiter.FeeReceiverLocksFees.selector, t.feeReceiver, address(escrow), next
            );
            bad(t, why);
        }
    }

    function bad(PanelTerms memory t, bytes memory why) private {
        vm.expectRevert(why);
        new PanelArbiter(escrow, t);
    }

    function test_panel_showsItsTerms() public view {
        eq(abi.encode(panel.panel()), abi.encode(terms()), "terms");
        eq(address(panel.deals()), address(escrow), "escrow");
    }
}
