// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {Wallet, World} from "./World.sol";
import {vm} from "./Vm.sol";

/// @notice Terms, signatures and the verbs as a party would send them.
abstract contract Deals is World {
    uint8 internal constant NO_RATING = 255;
    bytes32 internal constant TAG = "translation";
    bytes32 internal constant DELIVERABLE = keccak256("a deliverable");

    bytes32 internal constant EVIDENCE = keccak256("evidence");

    Wallet internal standby = wallet("standby");
    Wallet internal arbiter = wallet("arbiter");

    uint256 private _documents;

    function head_() internal returns (Head memory head) {
        head.client = client.addr;
        head.token = address(usdc);
        head.openBy = uint40(now_() + 1 hours);
        head.docHash = keccak256(abi.encode("document", ++_documents));
    }

    function leg_(Wallet memory to, uint256 amount) internal view returns (Leg memory leg) {
        leg.payee = to.addr;
        leg.tag = TAG;
        leg.amount = uint128(amount);
        leg.due = uint40(now_() + 1 days);
        leg.grace = 1 hours;
        leg.review = 2 days;
        leg.silenceBps = 10_000;
        leg.criteriaHash = keccak256("criteria");
    }

    /// @dev The head with an arbiter who takes 5 % and has three days.
    function arbitrated(Head memory head) internal view returns (Head memory) {
        (head.arbiter, head.rulingTime, head.arbiterFeeBps) = (arbiter.addr, 3 days, 500);
        head.deadlockBps = 4000;
        return head;
    }

    /// @dev The leg with a bond, and a standby with one of its own.
    function backed(Leg memory leg) internal view returns (Leg memory) {
        (leg.bond, leg.standby, leg.retainer, leg.standbyBond) = (leg.amount / 2, standby.addr, 30, 40);
        (leg.callWindow, leg.standbyTime) = (2 hours, 12 hours);
        return leg;
    }

    function one(Leg memory leg) internal pure returns (Leg[] memory legs) {
        legs = new Leg[](1);
        legs[0] = leg;
    }

    function total(Leg[] memory legs) internal pure returns (uint256 sum) {
        for (uint256 i = 0; i < legs.length; ++i) {
            sum += legs[i].amount + legs[i].retainer;
        }
    }

    /// @dev Hashes of all legs but one.
    function siblings(Leg[] memory legs, uint256 i) internal view returns (bytes32[] memory hashes) {
        hashes = new bytes32[](legs.length - 1);
        for (uint256 j = 0; j < hashes.length; ++j) {
            hashes[j] = escrow.hashLeg(legs[j < i ? j : j + 1]);
        }
    }

    // --- money in ---

    function authorization(Wallet memory from, uint256 value, bytes32 nonce)
        internal
        view
        returns (Funding memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(from.key, receiveDigest(from.addr, value, nonce));
        return Funding(FundingKind.EIP3009, abi.encode(uint256(0), START + 365 days, v, r, s));
    }

    function receiveDigest(address from, uint256 value, bytes32 nonce) internal view returns (bytes32) {
        return digestIn(
            usdc.DOMAIN_SEPARATOR(),
            keccak256(
                abi.encode(
                    usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
                    from,
                    address(escrow),
                    value,
                    uint256(0),
                    START + 365 days,
                    nonce
                )
            )
        );
    }

    function allowance() internal pure returns (Funding memory) {
        return Funding(FundingKind.ALLOWANCE, "");
    }

    /// @dev Mints an account money and puts it into its credit.
    function deposit(Wallet memory account, uint256 amount) internal {
        usdc.mint(account.addr, amount);
        vm.prank(account.addr);
        usdc.approve(address(escrow), amount);
        vm.prank(account.addr);
        escrow.deposit(address(usdc), account.addr, amount, 0, allowance());
    }

    /// @dev Puts in what the legs' bonds need.
    function depositBonds(Leg[] memory legs, Wallet[] memory signers) internal {
        for (uint256 i = 0; i < legs.length; ++i) {
            if (legs[i].bond != 0) deposit(signers[i], legs[i].bond);
            if (legs[i].standbyBond != 0) deposit(standby, legs[i].standbyBond);
        }
    }

    // --- verbs ---

    /// @dev Signed by every payee in order, empty where the leg before has the same one.
    function payeeSigs(Leg[] memory legs, Wallet[] memory signers, bytes32 dealId)
        internal
        pure
        returns (bytes[] memory sigs)
    {
        sigs = new bytes[](legs.length);
        for (uint256 i = 0; i < legs.length; ++i) {
            bool again = i > 0 && legs[i].payee == legs[i - 1].payee;
            if (!again) sigs[i] = sign(signers[i], dealId);
        }
    }

    /// @dev Signed by the standby of every leg that names it.
    function standbySigs(Leg[] memory legs, bytes32 dealId) internal view returns (bytes[] memory sigs) {
        uint256 count = 0;
        for (uint256 i = 0; i < legs.length; ++i) {
            if (legs[i].standby != address(0)) ++count;
        }
        sigs = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            sigs[i] = sign(standby, dealId);
        }
    }

    /// @dev Mints what the deal costs, puts in the bonds and opens it by the client's authorization; sent by a stranger.
    function open(Head memory head, Leg[] memory legs, Wallet[] memory signers)
        internal
        returns (bytes32 dealId)
    {
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(head.client, total(legs));
        Funding memory funding = authorization(client, total(legs), dealId);
        depositBonds(legs, signers);
        bytes[] memory sigs = payeeSigs(legs, signers, dealId);
        bytes[] memory standbys = standbySigs(legs, dealId);
        vm.prank(stranger.addr);
        escrow.open(head, legs, sigs, standbys, funding);
    }

    function open(Head memory head, Leg[] memory legs) internal returns (bytes32 dealId) {
        Wallet[] memory signers = new Wallet[](legs.length);
        for (uint256 i = 0; i < legs.length; ++i) {
            signers[i] = payee;
        }
        return open(head, legs, signers);
    }

    /// @dev The payee itself delivers leg i.
    function deliver(Head memory head, Leg[] memory legs, uint256 i) internal {
        deliverBy(legs[i].payee, head, legs, i);
    }

    function deliverBy(address sender, Head memory head, Leg[] memory legs, uint256 i) internal {
        bytes32 headHash = escrow.hashHead(head);
        bytes32[] memory others = siblings(legs, i);
        vm.prank(sender);
        escrow.deliver(headHash, others, i, legs[i], DELIVERABLE, "ipfs://deliverable", "");
    }

    /// @dev The client itself accepts leg i.
    function accept(Head memory head, Leg[] memory legs, uint256 i, uint8 rating) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(head.client);
        escrow.accept(head, others, i, legs[i], rating, "");
    }

    /// @dev A stranger applies what time has decided on leg i.
    function lapse(Head memory head, Leg[] memory legs, uint256 i) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(stranger.addr);
        escrow.lapse(head, others, i, legs[i]);
    }

    /// @dev The standby itself takes leg i over, as soon as it may.
    function substitute(Head memory head, Leg[] memory legs, uint256 i) internal {
        uint256 missed = uint256(legs[i].due) + legs[i].grace + 1;
        if (now_() < missed) vm.warp(missed);
        bytes32[] memory others = siblings(legs, i);
        vm.prank(legs[i].standby);
        escrow.substitute(head, others, i, legs[i], "");
    }

    /// @dev One side itself disputes leg i.
    function dispute(address sender, Head memory head, Leg[] memory legs, uint256 i) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(sender);
        escrow.dispute(head, others, i, legs[i], sender == head.client, EVIDENCE, "ipfs://evidence", "");
    }

    /// @dev The arbiter itself rules on leg i.
    function rule(Head memory head, Leg[] memory legs, uint256 i, uint16 payeeBps, uint16 bondBps) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(head.arbiter);
        escrow.rule(head, others, i, legs[i], payeeBps, bondBps, "reason");
    }

    /// @dev The client settles leg i with what the payee at work signed.
    function settle(
        Head memory head,
        Leg[] memory legs,
        uint256 i,
        Wallet memory occupant,
        uint128 toPayee,
        uint128 bondBack
    ) internal {
        Division memory division = Division(toPayee, bondBack, uint40(now_()));
        bytes32[] memory others = siblings(legs, i);
        bytes32 dealId = escrow.dealIdOf(head, legs);
        bytes memory signature =
            sign(occupant, settleDigest(dealId, i, stateOf(dealId, i), occupant.addr, division));
        vm.prank(head.client);
        escrow.settle(head, others, i, legs[i], division, "", signature);
    }

    /// @dev One side itself rates leg i.
    function rate(address sender, Head memory head, Leg[] memory legs, uint256 i, uint8 rating) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(sender);
        escrow.rate(head, others, i, legs[i], sender == head.client, rating, "");
    }

    /// @dev A call to the escrow that must revert with exactly `why`.
    function refuses(address sender, bytes memory call_, bytes memory why) internal {
        vm.prank(sender);
        (bool ok, bytes memory answer) = address(escrow).call(call_);
        check(!ok, "was not refused");
        eq(answer, why, "why");
    }

    function wrongState(LegState have, LegState want) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDealErrors.WrongState.selector, have, want);
    }

    function notParty(address caller, address party) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, caller, party);
    }

    function tooLate(uint256 deadline) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IDealErrors.DeadlinePassed.selector, now_(), deadline);
    }

    function tooEarly(uint256 deadline) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IDealErrors.NotLapsed.selector, now_(), deadline);
    }

    // --- reads ---

    function deliverDigest(bytes32 dealId, uint256 i, bytes32 deliverable, address occupant)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("Deliver(bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant)");
        return digestIn(
            escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i, deliverable, occupant))
        );
    }

    function acceptDigest(bytes32 dealId, uint256 i, uint8 rating) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Accept(bytes32 dealId,uint8 leg,uint8 rating)");
        return digestIn(escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i, rating)));
    }

    function substituteDigest(bytes32 dealId, uint256 i) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Substitute(bytes32 dealId,uint8 leg)");
        return digestIn(escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i)));
    }

    function disputeDigest(bytes32 dealId, uint256 i, bool delivered, bytes32 evidence)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("Dispute(bytes32 dealId,uint8 leg,bool delivered,bytes32 evidence)");
        return
            digestIn(
                escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i, delivered, evidence))
            );
    }

    function settleDigest(bytes32 dealId, uint256 i, LegState state, address occupant, Division memory d)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "Settle(bytes32 dealId,uint8 leg,uint8 state,address occupant,uint128 toPayee,uint128 bondBack,uint40 validBefore)"
        );
        bytes32 hash =
            keccak256(abi.encode(typeHash, dealId, i, state, occupant, d.toPayee, d.bondBack, d.validBefore));
        return digestIn(escrow.DOMAIN_SEPARATOR(), hash);
    }

    function rateDigest(bytes32 dealId, uint256 i, bool byClient, uint8 rating)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("Rate(bytes32 dealId,uint8 leg,bool byClient,uint8 rating)");
        return
            digestIn(escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i, byClient, rating)));
    }

    function depositDigest(address token, address account, uint256 amount, bytes32 salt)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("Deposit(address token,address account,uint256 amount,bytes32 salt)");
        return
            digestIn(escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, token, account, amount, salt)));
    }

    function credits(address account) internal view returns (uint256) {
        return escrow.credit(address(usdc), account);
    }

    function stateOf(bytes32 dealId, uint256 i) internal view returns (LegState) {
        (uint8 state,,,) = escrow.legState(dealId, i);
        return LegState(state);
    }

    function inState(bytes32 dealId, uint256 i, LegState want) internal view {
        eq(uint256(stateOf(dealId, i)), uint256(want), "state");
    }
}
